import { sql } from 'kysely'
import { finalStatuses } from '../../domain/imports/states.ts'
import type { Db, Trx } from '../core/database.ts'

/** A request starts its workflow right after its commit. Only imports and mailings older than this were missed. */
const MISSED_BEFORE = sql<Date>`now() - interval '1 second'`

/**
 * Lists imports without a workflow, oldest first. It takes no lock: a second start does nothing, and a lock during a call
 * to Temporal would hold a connection while Temporal is down.
 */
export async function unstartedImports(db: Db | Trx, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('imports')
    .where('workflow_started_at', 'is', null)
    .where('status', 'not in', finalStatuses)
    .where('created_at', '<', MISSED_BEFORE)
    .select('id')
    .orderBy('created_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** Lists mailings without a workflow, oldest first. */
export async function unstartedMailings(db: Db | Trx, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('mailings')
    .where('workflow_started_at', 'is', null)
    .where('created_at', '<', MISSED_BEFORE)
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

/** Lists imports that are still running 15 seconds after an administrator cancelled them. */
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
