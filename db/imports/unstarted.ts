import { sql } from 'kysely'
import { finalStatuses } from '../../domain/imports/states.ts'
import type { Db, Trx } from '../core/database.ts'

/** A request starts its own workflow right after its commit; only what is older than this was left behind. */
const LEFT_BEHIND = sql<Date>`now() - interval '1 second'`

/**
 * Imports whose workflow was never started, oldest first. No lock: to start one twice is to start it once, and a lock
 * held over a call to Temporal would hold a connection while that is down.
 */
export async function unstartedImports(db: Db | Trx, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('imports')
    .where('workflow_started_at', 'is', null)
    .where('status', 'not in', finalStatuses)
    .where('created_at', '<', LEFT_BEHIND)
    .select('id')
    .orderBy('created_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** Mailings that were asked for outside an import and have no workflow yet, oldest first. */
export async function unstartedMailings(db: Db | Trx, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('mailings')
    .where('workflow_started_at', 'is', null)
    .where('created_at', '<', LEFT_BEHIND)
    .select('id')
    .orderBy('created_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

export async function markMailingStarted(db: Db | Trx, id: string): Promise<void> {
  await db
    .updateTable('mailings')
    .set({ workflow_started_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('workflow_started_at', 'is', null)
    .execute()
}

/** Imports that somebody cancelled and that go on: no worker has taken the word yet, or it got lost on the way. */
export async function unansweredCancellations(db: Db | Trx, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('imports')
    .where('cancel_requested_at', '<', sql<Date>`now() - interval '15 seconds'`)
    .where('status', 'not in', finalStatuses)
    .select('id')
    .orderBy('cancel_requested_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}
