import { type RawBuilder, sql } from 'kysely'
import type { Db, Trx } from './database.ts'

const clock = sql`(SELECT clock_timestamp())`

/** Why a link opens what it opens. The first that is true counts: a disabled user is disabled, whatever the link is. */
export type LinkState = 'disabled' | 'used' | 'ended' | 'expired' | 'live'

export interface FoundLink {
  userId: string
  state: LinkState
  expiresAt: Date
  email: string
  firstName: string
  lastName: string | null
  company: string
  language: string
}

const state: RawBuilder<LinkState> = sql`CASE
  WHEN NOT u.enabled THEN 'disabled'
  WHEN u.activated_at IS NOT NULL OR l.used_at IS NOT NULL THEN 'used'
  WHEN l.ended_at IS NOT NULL THEN 'ended'
  WHEN l.expired_at IS NOT NULL OR l.expires_at <= ${clock} THEN 'expired'
  ELSE 'live' END`

/** Looks a link up by the hash of its token; changes nothing. */
export async function findLink(db: Db | Trx, tokenHash: Buffer): Promise<FoundLink | null> {
  const { rows } = await sql<FoundLink>`
    SELECT u.id AS "userId", ${state} AS state, l.expires_at AS "expiresAt", u.email, u.first_name AS "firstName",
      u.last_name AS "lastName", c.name AS company, u.language
    FROM activation_links l JOIN users u ON u.id = l.user_id JOIN companies c ON c.id = u.company_id
    WHERE l.token_hash = ${tokenHash}`.execute(db)
  return rows[0] ?? null
}

/**
 * Sets the password and uses the link up, both or neither. The user is locked first, so that of many at once exactly
 * one finds the link live; the clock is the database's.
 *
 * @returns the state that the link was found in: `live` means that it was this call that used it
 */
export async function useLink(trx: Trx, tokenHash: Buffer, passwordHash: string): Promise<LinkState | null> {
  await sql`SELECT FROM users WHERE id = (SELECT user_id FROM activation_links WHERE token_hash = ${tokenHash})
    FOR NO KEY UPDATE`.execute(trx)
  const found = await findLink(trx, tokenHash)
  if (found?.state !== 'live') return found?.state ?? null
  await sql`UPDATE activation_links SET used_at = ${clock} WHERE token_hash = ${tokenHash}`.execute(trx)
  await sql`UPDATE users SET password_hash = ${passwordHash}, activated_at = ${clock}, updated_at = ${clock}
    WHERE id = ${found.userId}`.execute(trx)
  return 'live'
}

/** Users to write to: by id, or all of a company. */
export type Chosen = { users: string[] } | { company: string }

export interface Queued {
  /** null when nobody was to be written to. */
  mailing: string | null
  queued: number
}

const chosenUsers = (chosen: Chosen): RawBuilder<unknown> =>
  'users' in chosen ? sql`u.id = ANY(${chosen.users}::uuid[])` : sql`u.company_id = ${chosen.company}`

/**
 * Queues one new activation e-mail for each chosen user who is enabled and not yet active. Their queued e-mails are
 * superseded and their live links ended; an e-mail that is on its way just now arrives with a link that is ended.
 * Locks are taken as everywhere: outbox, then users in address order, then links.
 */
export async function queueActivations(trx: Trx, chosen: Chosen, requestedBy: string): Promise<Queued> {
  const pending = sql`SELECT u.id FROM users u WHERE ${chosenUsers(chosen)} AND u.enabled AND u.activated_at IS NULL`
  await sql`SELECT count(*) FROM (SELECT FROM outbox WHERE state IN ('queued', 'sending') AND user_id IN (${pending})
    ORDER BY id FOR UPDATE) locked`.execute(trx)
  await sql`SELECT count(*) FROM (SELECT FROM users u WHERE ${chosenUsers(chosen)}
    ORDER BY email_key FOR NO KEY UPDATE) locked`.execute(trx)
  await sql`UPDATE outbox SET state = 'superseded', lease_until = NULL
    WHERE user_id IN (${pending}) AND (state = 'queued' OR (state = 'sending' AND lease_until < ${clock}))`.execute(trx)
  await sql`UPDATE activation_links SET ended_at = ${clock}
    WHERE user_id IN (${pending}) AND used_at IS NULL AND ended_at IS NULL AND expired_at IS NULL`.execute(trx)
  const { rows } = await sql<{ mailing: string; queued: number }>`
    WITH mailing AS (
      INSERT INTO mailings (requested_by) SELECT ${requestedBy} WHERE EXISTS (${pending}) RETURNING id
    ), queued AS (
      INSERT INTO outbox (mailing_id, user_id) SELECT m.id, p.id FROM mailing m, (${pending}) p RETURNING 1
    )
    SELECT m.id AS mailing, (SELECT count(*) FROM queued) AS queued FROM mailing m`.execute(trx)
  return rows[0] ?? { mailing: null, queued: 0 }
}

/** Minutes between two e-mails that somebody can ask for with an old link: an inbox is not to be flooded. */
const RENEW_MINUTES = 5

/** Queues a new link for the owner of a link that ran out or was ended. Does nothing for any other, or too soon. */
export async function renewLink(trx: Trx, tokenHash: Buffer): Promise<Queued> {
  const nothing = { mailing: null, queued: 0 }
  await sql`SELECT FROM outbox WHERE state IN ('queued', 'sending')
    AND user_id = (SELECT user_id FROM activation_links WHERE token_hash = ${tokenHash})
    ORDER BY id FOR UPDATE`.execute(trx)
  const { rows } = await sql<{ id: string }>`
    SELECT u.id FROM activation_links l JOIN users u ON u.id = l.user_id
    WHERE l.token_hash = ${tokenHash} AND u.enabled AND u.activated_at IS NULL AND l.used_at IS NULL
      AND (l.ended_at IS NOT NULL OR l.expired_at IS NOT NULL OR l.expires_at <= ${clock})
    FOR NO KEY UPDATE OF u`.execute(trx)
  const user = rows[0]
  if (!user) return nothing
  // Asked only now that the user is locked: of several requests at once, the others see the first one's e-mail.
  const { rows: recent } = await sql`SELECT FROM outbox WHERE user_id = ${user.id}
    AND state IN ('queued', 'sending', 'sent')
    AND greatest(created_at, sent_at) > ${clock} - ${RENEW_MINUTES} * interval '1 minute'`.execute(trx)
  return recent.length > 0 ? nothing : queueActivations(trx, { users: [user.id] }, 'activation page')
}
