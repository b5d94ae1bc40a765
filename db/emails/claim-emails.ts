import { sql } from 'kysely'
import type { MailText } from '../../domain/emails/own-text.ts'
import { textKindOf } from '../../domain/emails/render-email.ts'
import { clock } from '../core/clock.ts'
import type { Trx } from '../core/database.ts'
import { lockPeople } from '../people/lock-people.ts'
import type { EmailKind } from '../tables/mail.ts'
import { readTexts } from './email-texts.ts'
import { forceResetOf } from './outbox.ts'

/** The parts of an e-mail that do not depend on its kind. */
interface PersonEmail {
  id: string
  /** Fencing number: only the endings of this attempt are recorded. */
  attempt: number
  email: string
  firstName: string
  lastName: string | null
  language: string
  /** null: of no company. */
  company: string | null
  /** The address that gets it in place of the recipient. */
  deliverTo: string | null
  message: string | null
  /** The administrators' text; null: Muster's own. */
  text: MailText | null
  createdAt: Date
}

/**
 * The part that depends on the kind of an e-mail. `invited`: the link creates the account. `expiresAt`: the time that the
 * e-mail names. The link expires then or later.
 */
type KindOfEmail =
  | { kind: 'activation'; invited: boolean; expiresAt: Date }
  | { kind: 'password'; forceReset: boolean }
  | { kind: 'welcome'; forceReset: boolean }

/** An e-mail that this attempt alone may send, until its lease ends. */
export type ClaimedEmail = PersonEmail & KindOfEmail

export interface ClaimOptions {
  mailingId: string
  limit: number
  leaseMs: number
  linkHours: number
  /** SHA-256 of the token of an e-mail's link. */
  tokenHash(outboxId: string): Buffer
}

/**
 * Claims open e-mails of a mailing and makes their links live. An e-mail whose lease ended is claimed again and counted
 * as ambiguous, because it may have been delivered. Skips users who are disabled, already active, or have a newer e-mail.
 * Locks are taken in the order of ARCHITECTURE.md: outbox, users by address, invitations by address, links.
 *
 * One query reads the current texts for all of them (docs/decisions/0015). The finished SQL is in
 * test/db/snapshots/claim-emails.sql.
 */
export async function claimEmails(trx: Trx, options: ClaimOptions): Promise<ClaimedEmail[]> {
  // Without statistics the planner collects and sorts every open e-mail of the mailing: 95 ms a claim, with 200,000 open.
  await sql`SET LOCAL enable_bitmapscan = off`.execute(trx)
  const lease = sql`${clock} + ${options.leaseMs} * interval '1 ms'`
  const { rows: taken } = await sql<{ id: string; personId: string }>`
    WITH
    -- An open e-mail whose time has come, locked. E-mails that another claim holds are passed over.
    due AS MATERIALIZED (
      SELECT id FROM outbox
      WHERE mailing_id = ${options.mailingId} AND state IN ('queued', 'sending') AND next_attempt_at <= ${clock}
      ORDER BY next_attempt_at LIMIT ${options.limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE outbox email
    SET state = 'sending', attempt = attempt + 1, ambiguous = ambiguous + (state = 'sending')::int,
      lease_until = ${lease}, next_attempt_at = ${lease}
    FROM due WHERE email.id = due.id RETURNING email.id, email.person_id AS "personId"`.execute(trx)
  if (taken.length === 0) return []
  await lockPeople(
    trx,
    taken.map((row) => row.personId),
  )
  const ids = taken.map((row) => row.id)
  const wanted = await dropSuperseded(trx, ids, options)
  const withLink = wanted.filter((email) => email.kind === 'activation')
  const expiry = await issueLinks(trx, withLink, options)
  const textOf = await readTexts(trx, wanted.map(placeOf))
  return wanted.flatMap((one): ClaimedEmail[] => {
    const { personId: _, companyId: __, ambiguousPromise: ___, kind, invited, forceReset, ...person } = one
    const email = { ...person, text: textOf(placeOf(one)) }
    if (kind !== 'activation') return [{ ...email, kind, forceReset }]
    const expiresAt = expiry.get(email.id)
    return expiresAt ? [{ ...email, kind, invited, expiresAt }] : []
  })
}

const placeOf = (email: Wanted) => ({ company: email.companyId, kind: textKindOf(email), language: email.language })

type Wanted = Omit<PersonEmail, 'text'> & {
  kind: EmailKind
  personId: string
  companyId: string | null
  invited: boolean
  forceReset: boolean
  ambiguousPromise: boolean
}

/**
 * Reads the claimed e-mails once their people are locked, and supersedes those without a use: an activation of an active
 * user, a password for an invitation, and any e-mail to a deleted person. An active user may get a new password.
 *
 * People are looked up one by one (`LIMIT 1`), because a join with the view may be planned as a scan of both its halves.
 */
async function dropSuperseded(trx: Trx, ids: string[], options: ClaimOptions): Promise<Wanted[]> {
  const { rows } = await sql<Wanted & { superseded: boolean }>`
    SELECT email.id, email.attempt, email.kind, email.message, email.created_at AS "createdAt",
      email.deliver_to AS "deliverTo", email.person_id AS "personId", person.email, person.first_name AS "firstName",
      person.last_name AS "lastName", person.language, person.invited, person.company_id AS "companyId",
      company.name AS company, ${forceResetOf(sql`${options.mailingId}`)} AS "forceReset",
      person.id IS NULL OR NOT person.enabled
        OR CASE WHEN email.kind = 'activation' THEN coalesce(person.activated_at, link.ended_at, link.used_at) IS NOT NULL
          ELSE person.invited END
        OR EXISTS (SELECT FROM outbox newer WHERE newer.person_id = email.person_id AND newer.id > email.id)
        AS superseded,
      coalesce(email.ambiguous > 0
        AND link.expires_at > ${clock} + ${options.linkHours / 2} * interval '1 hour', false) AS "ambiguousPromise"
    FROM outbox email
      LEFT JOIN LATERAL (SELECT * FROM people WHERE people.id = email.person_id LIMIT 1) person ON true
      LEFT JOIN LATERAL (SELECT name FROM companies WHERE companies.id = person.company_id LIMIT 1) company ON true
      LEFT JOIN activation_links link ON link.id = email.id AND link.id = ANY(${ids}::uuid[])
    WHERE email.id = ANY(${ids}::uuid[])`.execute(trx)
  const dropped = rows.filter((row) => row.superseded).map((row) => row.id)
  if (dropped.length > 0) {
    await sql`UPDATE outbox SET state = 'superseded', lease_until = NULL
      WHERE id = ANY(${dropped}::uuid[])`.execute(trx)
  }
  return rows.filter((row) => !row.superseded).map(({ superseded: _, ...row }) => row)
}

/**
 * Makes one live link for each e-mail and ends the recipients' older links. If an earlier attempt may have delivered the
 * e-mail, the link keeps the expiry that the first copy names, so that the next copy is the same byte for byte. After
 * half of the link's hours it gets a new expiry: two dates are better than a link that expires too soon.
 */
async function issueLinks(trx: Trx, wanted: Wanted[], options: ClaimOptions): Promise<Map<string, Date>> {
  if (wanted.length === 0) return new Map()
  const ids = wanted.map((email) => email.id)
  const people = wanted.map((email) => email.personId)
  const hashes = ids.map((id) => options.tokenHash(id))
  const kept = wanted.filter((email) => email.ambiguousPromise).map((email) => email.id)
  await sql`UPDATE activation_links SET ended_at = ${clock}
    WHERE person_id = ANY(${people}::uuid[]) AND id <> ALL(${ids}::uuid[])
      AND used_at IS NULL AND ended_at IS NULL AND expired_at IS NULL`.execute(trx)
  const { rows } = await sql<{ id: string; expiresAt: Date }>`
    INSERT INTO activation_links AS link (id, person_id, token_hash, expires_at)
    SELECT id, person_id, token_hash, ${clock} + ${options.linkHours} * interval '1 hour'
    FROM unnest(${ids}::uuid[], ${people}::uuid[], ${hashes}::bytea[]) AS new (id, person_id, token_hash)
    ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash, expired_at = NULL,
      expires_at = CASE WHEN link.id = ANY(${kept}::uuid[]) THEN link.expires_at ELSE excluded.expires_at END
    RETURNING id, expires_at AS "expiresAt"`.execute(trx)
  return new Map(rows.map((row) => [row.id, row.expiresAt]))
}
