import { sql } from 'kysely'
import type { CellError } from '../../../domain/problems/problem.ts'
import type { Db, Trx } from '../../core/database.ts'
import { inTransaction, isDataError } from '../../core/transaction.ts'
import type { ImportSettings, Written } from '../../people/write/writing.ts'
import { movedPeople } from '../validate/moved.ts'
import {
  adoptLatecomers,
  applyOpenRows,
  claimRange,
  followAcceptedInvitations,
  lockPeople,
  type RowRange,
  withdrawnCourses,
} from './apply-rows.ts'
import { deletedReferences, findAgain } from './deleted-references.ts'

/** Why a range cannot be applied as planned. Nothing of the transaction is written. */
export class PlanBroken extends Error {
  readonly reason: 'courseWithdrawn' | 'referenceDeleted' | 'planOutdated'
  /** Courses that are no longer open to a company. */
  readonly courseIds: string[]

  constructor(reason: PlanBroken['reason'], message: string, courseIds: string[] = []) {
    super(message)
    this.reason = reason
    this.courseIds = courseIds
  }
}

/** Counts of rows that grow while a range is applied. */
export interface Applied {
  rows: number
  refused: number
}

/**
 * Applies the plan to a range of rows in one transaction: everything of the range is written, or nothing. Rows with an
 * outcome are unchanged, so a repeated range does nothing. Where the database rejects the data, the range is halved until
 * the bad row is alone. That row becomes invalid, and the others are applied.
 *
 * @param done is added to as transactions commit
 * @throws PlanBroken when the plan is no longer possible or no longer what was confirmed
 */
export async function applyRange(db: Db, range: RowRange, settings: ImportSettings, done: Applied): Promise<void> {
  try {
    const rows = await inTransaction(db, (trx) => applyInTransaction(trx, range, settings))
    done.rows += rows
  } catch (error) {
    if (!isDataError(error)) throw error
    if (range.firstRow === range.lastRow) {
      await inTransaction(db, (trx) => refuseRow(trx, range, error))
      done.refused += 1
      return
    }
    const middle = Math.floor((range.firstRow + range.lastRow) / 2)
    await applyRange(db, { ...range, lastRow: middle }, settings, done)
    await applyRange(db, { ...range, firstRow: middle + 1 }, settings, done)
  }
}

/** @returns rows that got an outcome */
async function applyInTransaction(trx: Trx, range: RowRange, settings: ImportSettings): Promise<number> {
  const total: Written = { ...nothing }
  const { open, done, invited } = await claimRange(trx, range)
  const rest = { ...range, begun: done > 0 }
  let invalid = 0
  if (open > 0) {
    await stopIfDeleted(trx, rest, settings)
    const courseIds = await withdrawnCourses(trx, rest, settings)
    if (courseIds.length > 0) {
      throw new PlanBroken('courseWithdrawn', 'A course of the plan is not open to the company.', courseIds)
    }
    const withInvitations = invited > 0 || settings.options.mode === 'invite'
    await lockPeople(trx, rest, withInvitations)
    await stopIfMoved(trx, rest, settings)
    if (invited > 0) await followAcceptedInvitations(trx, rest)
    add(total, await applyOpenRows(trx, rest, settings, withInvitations))
  }
  // Rare: another request created or invited these users after the plan was frozen.
  if (rowsOf(total) < open) {
    const left = { ...range, begun: true }
    await stopIfMoved(trx, left, settings)
    invalid = await adoptLatecomers(trx, left, settings)
    await lockPeople(trx, left, true)
    add(total, await applyOpenRows(trx, left, settings, true))
  }
  await recordBatch(trx, range, { ...total, invalid })
  return rowsOf(total)
}

/** Stops at deleted references, unless one with the name in the file exists again. */
async function stopIfDeleted(trx: Trx, range: RowRange, settings: ImportSettings): Promise<void> {
  const deleted = await deletedReferences(trx, range, settings)
  if (deleted.length === 0) return
  await findAgain(trx, range.importId, deleted, settings.scope)
  const gone = await deletedReferences(trx, range, settings)
  if (gone.length > 0) throw new PlanBroken('referenceDeleted', 'A reference of the plan was deleted.')
}

/** A confirmed plan is applied as it was shown, or not at all. */
async function stopIfMoved(trx: Trx, range: RowRange, settings: ImportSettings): Promise<void> {
  const moved = await movedPeople(trx, range, settings, 1)
  if (moved.length > 0) throw new PlanBroken('planOutdated', 'Users of the plan have changed since it was confirmed.')
}

const nothing: Written = { created: 0, invited: 0, updated: 0, skipped: 0, assignments: 0, emails: 0 }

function rowsOf({ created, invited, updated, skipped }: Written): number {
  return created + invited + updated + skipped
}

function add(total: Written, more: Written): void {
  for (const count of Object.keys(nothing) as (keyof Written)[]) total[count] += more[count]
}

/** Records the counts in the transaction that did the work. A repeated batch adds 0. */
async function recordBatch(trx: Trx, range: RowRange, counts: Written & { invalid: number }): Promise<void> {
  const { importId: import_id, firstRow: first_row, lastRow: last_row } = range
  await trx
    .insertInto('import_batches')
    .values({ import_id, first_row, last_row, ...counts })
    .onConflict((conflict) =>
      conflict.columns(['import_id', 'first_row']).doUpdateSet((eb) => ({
        last_row: sql<number>`greatest(import_batches.last_row, excluded.last_row)`,
        created: eb('import_batches.created', '+', eb.ref('excluded.created')),
        invited: eb('import_batches.invited', '+', eb.ref('excluded.invited')),
        updated: eb('import_batches.updated', '+', eb.ref('excluded.updated')),
        skipped: eb('import_batches.skipped', '+', eb.ref('excluded.skipped')),
        assignments: eb('import_batches.assignments', '+', eb.ref('excluded.assignments')),
        invalid: eb('import_batches.invalid', '+', eb.ref('excluded.invalid')),
        emails: eb('import_batches.emails', '+', eb.ref('excluded.emails')),
      })),
    )
    .execute()
}

/** Reports a row that the database rejects. The database's message may quote values, so only the SQLSTATE is kept. */
async function refuseRow(trx: Trx, range: RowRange, error: unknown): Promise<void> {
  const { code: sqlState } = error as { code: string }
  const message = `The database rejected this row (SQLSTATE ${sqlState}). Ask an administrator of the platform.`
  const errors: CellError[] = [{ column: null, code: 'refused-by-database', message, value: null }]
  const { numUpdatedRows } = await trx
    .updateTable('import_rows')
    .set({ errors: JSON.stringify(errors) })
    .where('import_id', '=', range.importId)
    .where('row_no', '=', range.firstRow)
    .where('errors', 'is', null)
    .executeTakeFirst()
  await recordBatch(trx, range, { ...nothing, invalid: Number(numUpdatedRows) })
}
