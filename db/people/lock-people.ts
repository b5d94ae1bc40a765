import { sql } from 'kysely'
import type { Trx } from '../core/database.ts'

/**
 * Locks people by id, in the one order that everybody keeps to: users by address, then invitations by address. Whoever
 * also waits for e-mails does that before, and for links after. An invitation that is accepted meanwhile is gone when
 * its lock is granted; its user is active by then, and needs none.
 */
export async function lockPeople(trx: Trx, ids: string[]): Promise<void> {
  await sql`SELECT FROM users WHERE id = ANY(${ids}::uuid[]) ORDER BY email_key FOR NO KEY UPDATE`.execute(trx)
  await sql`SELECT FROM invitations WHERE id = ANY(${ids}::uuid[]) ORDER BY email_key FOR NO KEY UPDATE`.execute(trx)
}
