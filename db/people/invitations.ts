import { sql } from 'kysely'
import { clock } from '../core/clock.ts'
import type { Trx } from '../core/database.ts'

/** What an invitation says about a person, and what the account takes over as it is. */
const PERSON = sql.raw(`id, email, email_key, first_name, last_name, company_id, cohort_id, language, job_role, region,
  description, label, permission_set_id, custom, enabled`)

/** `live`: done. The others say why the person could not be given this password. */
export type Acceptance = 'live' | 'used' | 'disabled'

/** Gives a user, locked by the caller, the password that they chose. */
export async function activate(trx: Trx, userId: string, passwordHash: string): Promise<'live'> {
  await sql`UPDATE users SET password_hash = ${passwordHash}, activated_at = ${clock}, must_change_password = false,
    updated_at = ${clock} WHERE id = ${userId}`.execute(trx)
  return 'live'
}

/**
 * Makes an invitation a user of the same id, with every value, group and course that it held, and the reason of each
 * course; the invitation is gone then. Where somebody with its address came into being meanwhile, that user is
 * activated instead: who opened the link has the address. Whoever is active already keeps the password they have.
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

/** Lets the user who has the invitation's address take its place, with its e-mails and links. */
async function standIn(trx: Trx, id: string, passwordHash: string): Promise<Acceptance> {
  const { rows } = await sql<{ id: string; enabled: boolean; active: boolean }>`
    SELECT id, enabled, activated_at IS NOT NULL AS active FROM users
    WHERE email_key = (SELECT email_key FROM invitations WHERE id = ${id}) FOR NO KEY UPDATE`.execute(trx)
  const user = rows[0]
  if (!user) throw new Error('A user was there a moment ago and is gone: the invitation can be accepted again.')
  if (!user.enabled) return 'disabled'
  // One that came since the others were locked may be held by a claim that waits for us; it is dropped, being nobody's.
  await sql`UPDATE outbox SET person_id = ${user.id}
    WHERE id IN (SELECT id FROM outbox WHERE person_id = ${id} FOR UPDATE SKIP LOCKED)`.execute(trx)
  // A person has one live link: from here on it is the one that was just used.
  await sql`UPDATE activation_links SET ended_at = ${clock} WHERE person_id = ${user.id}
    AND used_at IS NULL AND ended_at IS NULL AND expired_at IS NULL`.execute(trx)
  await sql`UPDATE activation_links SET person_id = ${user.id} WHERE person_id = ${id}`.execute(trx)
  return user.active ? 'used' : activate(trx, user.id, passwordHash)
}
