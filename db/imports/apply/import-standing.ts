import { sql } from 'kysely'
import type { ImportPhase, ImportStatus } from '../../../domain/imports/states.ts'
import type { Db, Trx } from '../../core/database.ts'

/** Counts of an import, as the transactions that did the work recorded them. */
export interface WrittenCounts {
  created: number
  invited: number
  updated: number
  skipped: number
  assignments: number
  invalid: number
  emails: number
}

/** Sums the counts of the batches. A million rows make a few hundred batches. */
export async function writtenCounts(db: Db | Trx, importId: string): Promise<WrittenCounts> {
  const sum = (column: keyof WrittenCounts) => sql<number>`coalesce(sum(${sql.ref(column)}), 0)::int`
  return db
    .selectFrom('import_batches')
    .where('import_id', '=', importId)
    .select([
      sum('created').as('created'),
      sum('invited').as('invited'),
      sum('updated').as('updated'),
      sum('skipped').as('skipped'),
      sum('assignments').as('assignments'),
      sum('invalid').as('invalid'),
      sum('emails').as('emails'),
    ])
    .executeTakeFirstOrThrow()
}

/** Finds the first row number that no finished batch covers. Batches finish out of order, so it is the first gap. */
async function firstOpenRow(db: Db | Trx, importId: string): Promise<number> {
  const batches = await db
    .selectFrom('import_batches')
    .where('import_id', '=', importId)
    .select(['first_row', 'last_row'])
    .orderBy('first_row')
    .execute()
  let open = 2
  for (const { first_row, last_row } of batches) {
    if (first_row > open) break
    open = Math.max(open, last_row + 1)
  }
  return open
}

/** Counts the e-mails of a mailing by state. */
export async function emailCounts(db: Db | Trx, mailingId: string) {
  const inState = (...states: string[]) => sql<number>`count(*) FILTER (WHERE state IN (${sql.join(states)}))::int`
  return db
    .selectFrom('outbox')
    .where('mailing_id', '=', mailingId)
    .select([inState('queued', 'sending').as('queued'), inState('sent').as('sent'), inState('failed').as('failed')])
    .executeTakeFirstOrThrow()
}

export interface StoredStanding {
  status: ImportStatus
  phase: ImportPhase
  checks: number
  template: string
  companies: string[]
  records: number
  lastRow: number
  firstOpenRow: number
  appliedRows: number
  invalidRows: number
  emailsToSend: number
  emailsSent: number
  emailsFailed: number
  review: boolean
  dryRun: boolean
  confirmed: boolean
  cancelRequested: boolean
  wantsReport: boolean
  problem: { code: string; detail: string } | null
}

/** Reads everything that a new run of the workflow needs to continue; null when there is no such import. */
export async function importStanding(db: Db, importId: string): Promise<StoredStanding | null> {
  const row = await db.selectFrom('imports').selectAll().where('id', '=', importId).executeTakeFirst()
  if (!row) return null
  const written = await writtenCounts(db, importId)
  const emails = await emailCounts(db, importId)
  return {
    status: row.status,
    phase: row.phase,
    checks: row.checks,
    template: row.template,
    companies: row.company_names,
    records: row.records ?? 0,
    lastRow: await lastRow(db, importId),
    firstOpenRow: await firstOpenRow(db, importId),
    appliedRows: written.created + written.invited + written.updated + written.skipped,
    invalidRows: (row.plan?.invalid ?? 0) + written.invalid,
    emailsToSend: row.plan?.emails ?? 0,
    emailsSent: emails.sent,
    emailsFailed: emails.failed,
    review: row.options.review,
    dryRun: row.options.dryRun,
    confirmed: row.confirmed_at !== null,
    cancelRequested: row.cancel_requested_at !== null,
    wantsReport: row.contact !== null,
    problem: row.problem && { code: row.problem.code, detail: row.problem.title },
  }
}

async function lastRow(db: Db, importId: string): Promise<number> {
  const last = await db
    .selectFrom('import_rows')
    .where('import_id', '=', importId)
    .select(({ fn }) => fn.max('row_no').as('row'))
    .executeTakeFirst()
  return last?.row ?? 0
}
