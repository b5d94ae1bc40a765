import { sql } from 'kysely'
import { clock } from '../core/clock.ts'
import type { Trx } from '../core/database.ts'

/** The columns that the account takes over from the invitation. */
const PERSON = sql.raw(`id, email, email_key, first_name, last_name, company_id, cohort_id, language, job_role, region,
  description, label, permission_set_id, custom, enabled`)

/** `live`: the password was set. `used`: the user is active and keeps their password. `disabled`: the user is disabled. */
export type Acceptance = 'live' | 'used' | 'disabled'

/** Sets the password that a user chose. The caller has locked the user. */
export async function activate(trx: Trx, userId: string, passwordHash: string): Promise<'live'> {
  await sql`UPDATE users SET password_hash = ${passwordHash}, activated_at = ${clock}, must_change_password = false,
    updated_at = ${clock} WHERE id = ${userId}`.execute(trx)
  return 'live'
}

/**
 * Turns an invitation into a user of the same id, with its values, groups, courses and the reasons of the courses, and
 * deletes it. If a user with its address exists by now, activates that user instead, because the link proves the address.
 * An active user keeps their password.
 *
 * @param id an invitation, locked by the caller together with its e-mails
 */
export async function acceptInvitation(trx: Trx, id: string, passwordHash: string): Promise<Acceptance> {
  const created = await createUser(trx, id, passwordHash)
  const ending = created ? 'live' : await standIn(trx, id, passwordHash)
  if (ending !== 'disabled') await sql`DELETE FROM invitations WHERE id = ${id}`.execute(trx)
  return ending
}

/** @returns false when a user with this address exists */
async function createUser(trx: Trx, id: string, passwordHash: string): Promise<boolean> {
  const { rows } = await sql`INSERT INTO users (${PERSON}, password_hash, activated_at)
    SELECT ${PERSON}, ${passwordHash}, ${clock} FROM invitations WHERE id = ${id}
    ON CONFLICT (email_key) DO NOTHING RETURNING id`.execute(trx)
  if (rows.length === 0) return false
  await sql`INSERT INTO user_groups (user_id, group_id)
    SELECT invitation_id, group_id FROM invitation_groups WHERE invitation_id = ${id}`.execute(trx)
  await sql`INSERT INTO enrolments (user_id, course_id, import_id, collection_id, campaign_id)
    SELECT invitation_id, course_id, import_id, collection_id, campaign_id
    FROM invitation_courses WHERE invitation_id = ${id}`.execute(trx)
  return true
}

/** Moves the invitation's e-mails and links to the user with its address, and activates that user. */
async function standIn(trx: Trx, id: string, passwordHash: string): Promise<Acceptance> {
  const { rows } = await sql<{ id: string; enabled: boolean; active: boolean }>`
    SELECT id, enabled, activated_at IS NOT NULL AS active FROM users
    WHERE email_key = (SELECT email_key FROM invitations WHERE id = ${id}) FOR NO KEY UPDATE`.execute(trx)
  const user = rows[0]
  if (!user) throw new Error('A user was there a moment ago and is gone: the invitation can be accepted again.')
  if (!user.enabled) return 'disabled'
  // A newer e-mail may be held by a claim that waits for this transaction. The claim drops it, because its person is gone.
  await sql`UPDATE outbox SET person_id = ${user.id}
    WHERE id IN (SELECT id FROM outbox WHERE person_id = ${id} FOR UPDATE SKIP LOCKED)`.execute(trx)
  // A person has one live link. From now on it is the link that was just used.
  await sql`UPDATE activation_links SET ended_at = ${clock} WHERE person_id = ${user.id}
    AND used_at IS NULL AND ended_at IS NULL AND expired_at IS NULL`.execute(trx)
  await sql`UPDATE activation_links SET person_id = ${user.id} WHERE person_id = ${id}`.execute(trx)
  return user.active ? 'used' : activate(trx, user.id, passwordHash)
}
