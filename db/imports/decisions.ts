import { sql } from 'kysely'
import { finalStatuses } from '../../domain/imports/states.ts'
import type { Db, Trx } from '../core/database.ts'

/** Records who asked for a decision. The timeline shows that name once the decision takes effect. */
export async function recordDecision(
  db: Db | Trx,
  importId: string,
  decision: 'confirm' | 'resume' | 'cancel' | 'revalidate',
  by: string,
): Promise<void> {
  await db
    .updateTable('imports')
    .set({ decision: sql<string>`decision || ${JSON.stringify({ [decision]: by })}::jsonb` })
    .where('id', '=', importId)
    .execute()
}

/** Records that an administrator has confirmed an import in review. Its next workflow run reads this when it opens. */
export async function recordConfirmation(db: Db | Trx, id: string): Promise<void> {
  await db
    .updateTable('imports')
    .set({ confirmed_at: sql<Date>`coalesce(confirmed_at, now())` })
    .where('id', '=', id)
    .where('status', '=', 'review')
    .execute()
}

/** Records that an administrator wants the import to end. The workflow reads this when it opens. */
export async function recordCancelRequest(db: Db | Trx, id: string): Promise<void> {
  await db
    .updateTable('imports')
    .set({ cancel_requested_at: sql<Date>`coalesce(cancel_requested_at, now())` })
    .where('id', '=', id)
    .where('status', 'not in', finalStatuses)
    .execute()
}
