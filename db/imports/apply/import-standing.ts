import { sql } from 'kysely'
import type { Db, Trx } from '../../core/database.ts'

/** Counts of an import as the transactions that did the work left them. */
export interface WrittenCounts {
  created: number
  invited: number
  updated: number
  skipped: number
  assignments: number
  invalid: number
  emails: number
}

/** Sums over the batches: a few hundred rows for a million people. */
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

/** The first row number that no finished batch covers. Batches end out of order, so gaps count. */
export async function firstOpenRow(db: Db | Trx, importId: string): Promise<number> {
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

/** E-mails of a mailing by what became of them. */
export async function emailCounts(db: Db | Trx, mailingId: string) {
  const inState = (...states: string[]) => sql<number>`count(*) FILTER (WHERE state IN (${sql.join(states)}))::int`
  return db
    .selectFrom('outbox')
    .where('mailing_id', '=', mailingId)
    .select([inState('queued', 'sending').as('queued'), inState('sent').as('sent'), inState('failed').as('failed')])
    .executeTakeFirstOrThrow()
}
