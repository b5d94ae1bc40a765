import { sql } from 'kysely'
import { importStatuses } from '../../domain/imports/states.ts'
import type { Db, Trx } from '../core/database.ts'

/** How many imports there are in each state, states without any included. */
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
 * E-mails that still have to go out. Sent ones are not counted: that would read the whole outbox, a million rows after
 * one large import, where the index of the open ones is enough.
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

/** Imports and mailings whose workflow nobody has started yet. */
export async function unstarted(db: Db | Trx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT (SELECT count(*) FROM imports WHERE workflow_started_at IS NULL
              AND status NOT IN ('completed', 'rejected', 'cancelled', 'failed'))
         + (SELECT count(*) FROM mailings WHERE workflow_started_at IS NULL) AS count`.execute(db)
  return rows[0]?.count ?? 0
}

/** True when the tables are there: the migrations have run. */
export async function isMigrated(db: Db | Trx): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    SELECT to_regclass('imports') IS NOT NULL AND to_regclass('activation_links') IS NOT NULL AS found`.execute(db)
  return rows[0]?.found ?? false
}
