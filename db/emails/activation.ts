import { type RawBuilder, sql } from 'kysely'
import { clock } from '../core/clock.ts'
import type { Db, Trx } from '../core/database.ts'
import { acceptInvitation, activate } from '../people/invitations.ts'
import { lockPeople } from '../people/lock-people.ts'
import { supersedeEmails } from './supersede-emails.ts'

/** Why a link opens what it opens. The first that is true counts: a disabled user is disabled, whatever the link is. */
export type LinkState = 'disabled' | 'used' | 'ended' | 'expired' | 'live'

export interface FoundLink {
  /** The user, or the invitation that becomes a user of the same id. */
  personId: string
  invited: boolean
  state: LinkState
  expiresAt: Date
  email: string
  firstName: string
  lastName: string | null
  /** null: of no company. */
  company: string | null
  language: string
}

const state: RawBuilder<LinkState> = sql`CASE
  WHEN NOT p.enabled THEN 'disabled'
  WHEN p.activated_at IS NOT NULL OR l.used_at IS NOT NULL THEN 'used'
  WHEN l.ended_at IS NOT NULL THEN 'ended'
  WHEN l.expired_at IS NOT NULL OR l.expires_at <= ${clock} THEN 'expired'
  ELSE 'live' END`

/** Looks a link up by the hash of its token; changes nothing. */
export async function findLink(db: Db | Trx, tokenHash: Buffer): Promise<FoundLink | null> {
  const { rows } = await sql<FoundLink>`
    SELECT p.id AS "personId", p.invited, ${state} AS state, l.expires_at AS "expiresAt", p.email,
      p.first_name AS "firstName", p.last_name AS "lastName", c.name AS company, p.language
    FROM activation_links l CROSS JOIN LATERAL (SELECT * FROM people WHERE id = l.person_id LIMIT 1) p
      LEFT JOIN companies c ON c.id = p.company_id
    WHERE l.token_hash = ${tokenHash}`.execute(db)
  return rows[0] ?? null
}

/**
 * Sets the password and uses the link up, both or neither; whoever was invited becomes a user with it. The person is
 * locked first, so that of many at once exactly one finds the link live; the clock is the database's.
 *
 * @returns the state that the link was found in: `live` means that it was this call that used it
 */
export async function useLink(trx: Trx, tokenHash: Buffer, passwordHash: string): Promise<LinkState | null> {
  await lockOwner(trx, tokenHash)
  const found = await findLink(trx, tokenHash)
  if (found?.state !== 'live') return found?.state ?? null
  const ending = found.invited
    ? await acceptInvitation(trx, found.personId, passwordHash)
    : await activate(trx, found.personId, passwordHash)
  if (ending !== 'disabled') {
    await sql`UPDATE activation_links SET used_at = ${clock} WHERE token_hash = ${tokenHash}`.execute(trx)
  }
  return ending
}

/** An invitation's e-mails are locked before, since they may change hands, and whoever has its address by now. */
async function lockOwner(trx: Trx, tokenHash: Buffer): Promise<void> {
  const { rows } = await sql<{ id: string; invited: boolean }>`SELECT p.id, p.invited
    FROM activation_links l CROSS JOIN LATERAL (SELECT * FROM people WHERE id = l.person_id LIMIT 1) p
    WHERE l.token_hash = ${tokenHash}`.execute(trx)
  const owner = rows[0]
  if (!owner) return
  if (owner.invited) {
    await sql`SELECT FROM outbox WHERE person_id = ${owner.id} ORDER BY id FOR UPDATE`.execute(trx)
    await sql`SELECT FROM users WHERE email_key = (SELECT email_key FROM invitations WHERE id = ${owner.id})
      FOR NO KEY UPDATE`.execute(trx)
  }
  await lockPeople(trx, [owner.id])
}

/** People to write to, users and invitations: by id, or all of a company. */
export type Chosen = { users: string[] } | { company: string }

export interface Queued {
  /** null when nobody was to be written to. */
  mailing: string | null
  queued: number
}

/** Who asks for e-mails, and where they go. */
export interface Asked {
  requestedBy: string
  /** Gets all of them instead of the people themselves. */
  deliverTo: string | null
}

const isChosen = (chosen: Chosen): RawBuilder<unknown> =>
  'users' in chosen ? sql`p.id = ANY(${chosen.users}::uuid[])` : sql`p.company_id = ${chosen.company}`

/**
 * Queues one new activation e-mail for each chosen person who is enabled and not yet active. Their queued e-mails are
 * superseded and their live links ended; an e-mail that is on its way just now arrives with a link that is ended.
 * Locks are taken as everywhere: users and then invitations in address order, then links.
 */
export async function queueActivations(trx: Trx, chosen: Chosen, request: Asked): Promise<Queued> {
  // As an array: joined with all live links, ten thousand people took 1.6 s, since no statistics tell how many those are.
  const pending = sql`ARRAY(SELECT p.id FROM people p
    WHERE ${isChosen(chosen)} AND p.enabled AND p.activated_at IS NULL)`
  for (const table of [sql.table('users'), sql.table('invitations')]) {
    await sql`SELECT count(*) FROM (SELECT FROM ${table} p WHERE ${isChosen(chosen)}
      ORDER BY email_key FOR NO KEY UPDATE) locked`.execute(trx)
  }
  await supersedeEmails(trx, pending)
  await sql`UPDATE activation_links SET ended_at = ${clock}
    WHERE person_id = ANY(${pending}) AND used_at IS NULL AND ended_at IS NULL AND expired_at IS NULL`.execute(trx)
  const { rows } = await sql<{ mailing: string; queued: number }>`
    WITH mailing AS (
      INSERT INTO mailings (requested_by) SELECT ${request.requestedBy} WHERE cardinality(${pending}) > 0 RETURNING id
    ), queued AS (
      INSERT INTO outbox (mailing_id, person_id, deliver_to)
      SELECT m.id, unnest(${pending}), ${request.deliverTo} FROM mailing m RETURNING 1
    )
    SELECT m.id AS mailing, (SELECT count(*) FROM queued) AS queued FROM mailing m`.execute(trx)
  return rows[0] ?? { mailing: null, queued: 0 }
}

/** Minutes between two e-mails that somebody can ask for with an old link: an inbox is not to be flooded. */
const RENEW_MINUTES = 5

/**
 * Queues a new link for the owner of a link that ran out or was ended; it goes where the old one went. Does nothing for
 * any other, or too soon.
 */
export async function renewLink(trx: Trx, tokenHash: Buffer): Promise<Queued> {
  const nothing = { mailing: null, queued: 0 }
  const { rows: links } = await sql<{ personId: string; deliverTo: string | null }>`
    SELECT l.person_id AS "personId", o.deliver_to AS "deliverTo"
    FROM activation_links l JOIN outbox o ON o.id = l.id WHERE l.token_hash = ${tokenHash}`.execute(trx)
  const link = links[0]
  if (!link) return nothing
  const { personId, deliverTo } = link
  await lockPeople(trx, [personId])
  const found = await findLink(trx, tokenHash)
  if (found?.personId !== personId || (found.state !== 'ended' && found.state !== 'expired')) return nothing
  // Asked only now that the person is locked: of several requests at once, the others see the first one's e-mail.
  const { rows: recent } = await sql`SELECT FROM outbox WHERE person_id = ${personId}
    AND state IN ('queued', 'sending', 'sent')
    AND greatest(created_at, sent_at) > ${clock} - ${RENEW_MINUTES} * interval '1 minute'`.execute(trx)
  if (recent.length > 0) return nothing
  return queueActivations(trx, { users: [personId] }, { requestedBy: 'activation page', deliverTo })
}
