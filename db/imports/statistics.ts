import { sql } from 'kysely'
import { importStatuses } from '../../domain/imports/states.ts'
import type { Db, Trx } from '../core/database.ts'

/** Counts the imports of each status, including statuses without imports. */
export async function importsByStatus(db: Db | Trx): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('imports')
    .groupBy('status')
    .select(['status', ({ fn }) => fn.countAll<number>().as('count')])
    .execute()
  const counts = new Map<string, number>(importStatuses.map((status) => [status, 0]))
  for (const { status, count } of rows) counts.set(status, count)
  return counts
}

/**
 * Counts the unsent e-mails. Counting sent e-mails would read the whole outbox, a million rows after one large import.
 * The index of open e-mails is enough for this.
 */
export async function openEmails(db: Db | Trx): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('outbox')
    .where(sql<boolean>`state IN ('queued', 'sending')`)
    .groupBy('state')
    .select(['state', ({ fn }) => fn.countAll<number>().as('count')])
    .execute()
  const counts = new Map<string, number>([
    ['queued', 0],
    ['sending', 0],
  ])
  for (const { state, count } of rows) counts.set(state, count)
  return counts
}

/** Counts imports and mailings without a workflow. */
export async function unstarted(db: Db | Trx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT (SELECT count(*) FROM imports WHERE workflow_started_at IS NULL
              AND status NOT IN ('completed', 'rejected', 'cancelled', 'failed'))
         + (SELECT count(*) FROM mailings WHERE workflow_started_at IS NULL) AS count`.execute(db)
  return rows[0]?.count ?? 0
}

/** True when the migrations have created the tables. */
export async function isMigrated(db: Db | Trx): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    SELECT to_regclass('imports') IS NOT NULL AND to_regclass('activation_links') IS NOT NULL AS found`.execute(db)
  return rows[0]?.found ?? false
}
