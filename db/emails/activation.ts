import { type RawBuilder, sql } from 'kysely'
import { clock } from '../core/clock.ts'
import type { Db, Trx } from '../core/database.ts'
import { acceptInvitation, activate } from '../people/invitations.ts'
import { lockPeople } from '../people/lock-people.ts'
import { supersedeEmails } from './supersede-emails.ts'

/** What a link opens, or why it does not. The first that is true counts: `disabled` comes before the link's own state. */
export type LinkState = 'disabled' | 'used' | 'ended' | 'expired' | 'live'

export interface FoundLink {
  /** A user, or an invitation that becomes a user of the same id. */
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
  WHEN NOT person.enabled THEN 'disabled'
  WHEN person.activated_at IS NOT NULL OR link.used_at IS NOT NULL THEN 'used'
  WHEN link.ended_at IS NOT NULL THEN 'ended'
  WHEN link.expired_at IS NOT NULL OR link.expires_at <= ${clock} THEN 'expired'
  ELSE 'live' END`

/** Finds a link by the hash of its token, without a lock. */
export async function findLink(db: Db | Trx, tokenHash: Buffer): Promise<FoundLink | null> {
  const { rows } = await sql<FoundLink>`
    SELECT person.id AS "personId", person.invited, ${state} AS state, link.expires_at AS "expiresAt", person.email,
      person.first_name AS "firstName", person.last_name AS "lastName", company.name AS company, person.language
    FROM activation_links link
      CROSS JOIN LATERAL (SELECT * FROM people WHERE people.id = link.person_id LIMIT 1) person
      LEFT JOIN companies company ON company.id = person.company_id
    WHERE link.token_hash = ${tokenHash}`.execute(db)
  return rows[0] ?? null
}

/**
 * Sets the password and marks the link as used, both or neither. An invitation becomes a user. Locks the person first, so
 * that of several calls at once exactly one finds the link live, by the database's clock.
 *
 * @returns the state of the link before the call; `live`: this call used it. null: there is no such link
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

/** Locks an invitation's e-mails first, because they may move to another user, then a user with the same address. */
async function lockOwner(trx: Trx, tokenHash: Buffer): Promise<void> {
  const { rows } = await sql<{ id: string; invited: boolean }>`SELECT person.id, person.invited
    FROM activation_links link
      CROSS JOIN LATERAL (SELECT * FROM people WHERE people.id = link.person_id LIMIT 1) person
    WHERE link.token_hash = ${tokenHash}`.execute(trx)
  const owner = rows[0]
  if (!owner) return
  if (owner.invited) {
    await sql`SELECT FROM outbox WHERE person_id = ${owner.id} ORDER BY id FOR UPDATE`.execute(trx)
    await sql`SELECT FROM users WHERE email_key = (SELECT email_key FROM invitations WHERE id = ${owner.id})
      FOR NO KEY UPDATE`.execute(trx)
  }
  await lockPeople(trx, [owner.id])
}

/** The recipients, users and invitations: by id, or all of a company. */
export type Chosen = { users: string[] } | { company: string }

export interface Queued {
  /** null: there is no recipient. */
  mailing: string | null
  queued: number
}

/** Who requests e-mails, and where they go. */
export interface Asked {
  requestedBy: string
  /** The address that gets all of them in place of the recipients. */
  deliverTo: string | null
}

const isChosen = (chosen: Chosen): RawBuilder<unknown> =>
  'users' in chosen ? sql`person.id = ANY(${chosen.users}::uuid[])` : sql`person.company_id = ${chosen.company}`

/**
 * Queues one activation e-mail for each chosen person who is enabled and not yet active. Supersedes their queued e-mails
 * and ends their live links. An e-mail that is being sent arrives with an ended link. Locks are taken in the order of
 * ARCHITECTURE.md: users by address, invitations by address, links.
 */
export async function queueActivations(trx: Trx, chosen: Chosen, request: Asked): Promise<Queued> {
  // As an array. Joined with all live links, ten thousand people took 1.6 s, because the index has no statistics.
  const pending = sql`ARRAY(SELECT person.id FROM people person
    WHERE ${isChosen(chosen)} AND person.enabled AND person.activated_at IS NULL)`
  for (const table of [sql.table('users'), sql.table('invitations')]) {
    await sql`SELECT count(*) FROM (SELECT FROM ${table} person WHERE ${isChosen(chosen)}
      ORDER BY email_key FOR NO KEY UPDATE) locked`.execute(trx)
  }
  await supersedeEmails(trx, pending)
  await sql`UPDATE activation_links SET ended_at = ${clock}
    WHERE person_id = ANY(${pending}) AND used_at IS NULL AND ended_at IS NULL AND expired_at IS NULL`.execute(trx)
  const { rows } = await sql<{ mailing: string; queued: number }>`
    WITH
    -- The mailing of these e-mails; none without a recipient.
    mailing AS (
      INSERT INTO mailings (requested_by) SELECT ${request.requestedBy} WHERE cardinality(${pending}) > 0 RETURNING id
    ),
    -- A queued e-mail.
    queued AS (
      INSERT INTO outbox (mailing_id, person_id, deliver_to)
      SELECT mailing.id, unnest(${pending}), ${request.deliverTo} FROM mailing RETURNING 1
    )
    SELECT mailing.id AS mailing, (SELECT count(*) FROM queued) AS queued FROM mailing`.execute(trx)
  return rows[0] ?? { mailing: null, queued: 0 }
}

/** Minutes between two e-mails that one person can request with an old link, so that no inbox is flooded. */
const RENEW_MINUTES = 5

/**
 * Queues a new link for the owner of an expired or ended link. It goes to the address of the old one. Does nothing for
 * other links, or within 5 minutes of the last e-mail.
 */
export async function renewLink(trx: Trx, tokenHash: Buffer): Promise<Queued> {
  const nothing = { mailing: null, queued: 0 }
  const { rows: links } = await sql<{ personId: string; deliverTo: string | null }>`
    SELECT link.person_id AS "personId", email.deliver_to AS "deliverTo"
    FROM activation_links link JOIN outbox email ON email.id = link.id WHERE link.token_hash = ${tokenHash}`.execute(
    trx,
  )
  const link = links[0]
  if (!link) return nothing
  const { personId, deliverTo } = link
  await lockPeople(trx, [personId])
  const found = await findLink(trx, tokenHash)
  if (found?.personId !== personId || (found.state !== 'ended' && found.state !== 'expired')) return nothing
  // Read after the person is locked, so that of several requests at once the others see the first one's e-mail.
  const { rows: recent } = await sql`SELECT FROM outbox WHERE person_id = ${personId}
    AND state IN ('queued', 'sending', 'sent')
    AND greatest(created_at, sent_at) > ${clock} - ${RENEW_MINUTES} * interval '1 minute'`.execute(trx)
  if (recent.length > 0) return nothing
  return queueActivations(trx, { users: [personId] }, { requestedBy: 'activation page', deliverTo })
}
