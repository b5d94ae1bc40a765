import { sql } from 'kysely'
import type { Trx } from '../core/database.ts'

/**
 * Locks people by id in the order of ARCHITECTURE.md: users by address, then invitations by address. E-mails are locked
 * before them, and links after them. An invitation that is accepted meanwhile no longer exists when its lock would be
 * granted. Its user is active by then and needs no lock.
 */
export async function lockPeople(trx: Trx, ids: string[]): Promise<void> {
  await sql`SELECT FROM users WHERE id = ANY(${ids}::uuid[]) ORDER BY email_key FOR NO KEY UPDATE`.execute(trx)
  await sql`SELECT FROM invitations WHERE id = ANY(${ids}::uuid[]) ORDER BY email_key FOR NO KEY UPDATE`.execute(trx)
}
