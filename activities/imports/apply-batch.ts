import { sql } from 'kysely'
import type { Trx } from '../../db/core/database.ts'
import { inTransaction, isDataError } from '../../db/core/transaction.ts'
import {
  adoptLatecomers,
  applyOpenRows,
  claimRange,
  followAcceptedInvitations,
  lockPeople,
  type RowRange,
  withdrawnCourses,
} from '../../db/imports/apply/apply-rows.ts'
import { deletedReferences, findAgain } from '../../db/imports/apply/deleted-references.ts'
import { importSettings } from '../../db/imports/import-settings.ts'
import { movedPeople } from '../../db/imports/validate/moved.ts'
import { makeMissingGroups } from '../../db/people/make-groups.ts'
import type { ImportSettings, Written } from '../../db/people/write/writing.ts'
import { failureTypes } from '../../domain/imports/failure.ts'
import type { CellError } from '../../domain/problems/problem.ts'
import type { ImportDeps } from '../core/deps.ts'
import { permanent, withKnownFailures } from '../core/failures.ts'
import { heartbeating } from '../core/heartbeat.ts'
import type { Activities, ApplyBatchResult } from '../types.ts'

/**
 * Executes the plan for a range of rows in one transaction: everything of the range is written, or nothing. Rows that
 * have an outcome are left alone, so a repeated batch does nothing. Where the database refuses the data, the range is
 * halved until the one bad row is alone; that row is reported, the rest goes on.
 */
export function createApplyBatch({ db, log }: ImportDeps): Activities['applyBatch'] {
  return (input) =>
    withKnownFailures(async () => {
      const done = { rows: 0, refused: 0 }
      await heartbeating(
        () => done,
        async () => {
          const settings = await importSettings(db, input.importId)
          if (!settings) throw permanent(failureTypes.importNotFound, 'The database does not know this import.')
          if (settings.options.unknownGroups === 'create') await makeMissingGroups(db, input.importId)
          await applyRange(db, input, settings, done)
        },
      )
      log.info({ importId: input.importId, firstRow: input.firstRow, ...done }, 'batch applied')
      return done
    })
}

async function applyRange(
  db: ImportDeps['db'],
  range: RowRange,
  settings: ImportSettings,
  done: ApplyBatchResult,
): Promise<void> {
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
      throw permanent(failureTypes.courseWithdrawn, 'A course of the plan is not open to the company.', { courseIds })
    }
    const withInvitations = invited > 0 || settings.options.mode === 'invite'
    await lockPeople(trx, rest, withInvitations)
    await stopIfMoved(trx, rest, settings)
    if (invited > 0) await followAcceptedInvitations(trx, rest)
    add(total, await applyOpenRows(trx, rest, settings, withInvitations))
  }
  // Rare: somebody else created or invited these people after the plan was frozen.
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

/** What was deleted cannot be referred to; what was made again under the name that the file has for it can. */
async function stopIfDeleted(trx: Trx, range: RowRange, settings: ImportSettings): Promise<void> {
  const deleted = await deletedReferences(trx, range, settings)
  if (deleted.length === 0) return
  await findAgain(trx, range.importId, deleted, settings.scope)
  const gone = await deletedReferences(trx, range, settings)
  if (gone.length > 0) throw permanent(failureTypes.referenceDeleted, 'What the plan refers to was deleted.')
}

/** A plan that somebody has confirmed is applied as it was shown, or not at all. */
async function stopIfMoved(trx: Trx, range: RowRange, settings: ImportSettings): Promise<void> {
  const moved = await movedPeople(trx, range, settings, 1)
  if (moved.length > 0) throw permanent(failureTypes.planOutdated, 'People of the plan have changed since.')
}

const nothing: Written = { created: 0, invited: 0, updated: 0, skipped: 0, assignments: 0, emails: 0 }

function rowsOf({ created, invited, updated, skipped }: Written): number {
  return created + invited + updated + skipped
}

function add(total: Written, more: Written): void {
  for (const count of Object.keys(nothing) as (keyof Written)[]) total[count] += more[count]
}

/** Counts in the transaction that did the work. A repeated batch adds nothing to what it counted before. */
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

/** Reports a row that the database would not take. Its message may hold the row's values, so only the code is kept. */
async function refuseRow(trx: Trx, range: RowRange, error: unknown): Promise<void> {
  const { code: sqlState } = error as { code: string }
  const message = `The database refused this row (SQLSTATE ${sqlState}). Tell an administrator of the platform.`
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
