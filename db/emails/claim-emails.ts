import { sql } from 'kysely'
import type { MailText } from '../../domain/emails/own-text.ts'
import { textKindOf } from '../../domain/emails/render-email.ts'
import { clock } from '../core/clock.ts'
import type { Trx } from '../core/database.ts'
import { lockPeople } from '../people/lock-people.ts'
import type { EmailKind } from '../tables/mail.ts'
import { readTexts } from './email-texts.ts'
import { forceResetOf } from './outbox.ts'

/** What every e-mail to a person says, whatever its kind. */
interface PersonEmail {
  id: string
  /** Fencing number: only this attempt's endings count. */
  attempt: number
  email: string
  firstName: string
  lastName: string | null
  language: string
  /** null: of no company. */
  company: string | null
  /** Who gets it instead of the person. */
  deliverTo: string | null
  message: string | null
  /** The words in force; null: Muster's own. */
  text: MailText | null
  createdAt: Date
}

/**
 * The part that depends on the kind of an e-mail. `invited`: there is no account yet, the link creates it. `expiresAt`:
 * what the e-mail may promise, the link ends then or later.
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
 * Claims open e-mails of a mailing and makes the links of those that carry one live. An e-mail whose lease ran out is
 * claimed again and counted as ambiguous, since nobody knows how far it came. Whoever is disabled by now, has a newer
 * e-mail, or has no use for a link any more gets none. Locks are taken as everywhere: outbox, then users in address
 * order, then invitations in address order, then links.
 *
 * The words are those in force now, read for all of them by one question (docs/decisions/0015).
 */
export async function claimEmails(trx: Trx, options: ClaimOptions): Promise<ClaimedEmail[]> {
  // Without statistics the planner collects and sorts every open e-mail of the mailing: 95 ms of 200,000, for each claim.
  await sql`SET LOCAL enable_bitmapscan = off`.execute(trx)
  const lease = sql`${clock} + ${options.leaseMs} * interval '1 ms'`
  const { rows: taken } = await sql<{ id: string; personId: string }>`
    WITH due AS MATERIALIZED (
      SELECT id FROM outbox
      WHERE mailing_id = ${options.mailingId} AND state IN ('queued', 'sending') AND next_attempt_at <= ${clock}
      ORDER BY next_attempt_at LIMIT ${options.limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE outbox o
    SET state = 'sending', attempt = attempt + 1, ambiguous = ambiguous + (state = 'sending')::int,
      lease_until = ${lease}, next_attempt_at = ${lease}
    FROM due WHERE o.id = due.id RETURNING o.id, o.person_id AS "personId"`.execute(trx)
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
 * Reads the claimed e-mails once their people are locked, and takes out those that nobody needs any more: an activation
 * of somebody who is active; a password for somebody without an account; any for those who are gone. An active user may
 * well get a new password.
 *
 * People are looked up one by one (`LIMIT 1`): a join with both halves of the view may be planned as a scan of them.
 */
async function dropSuperseded(trx: Trx, ids: string[], options: ClaimOptions): Promise<Wanted[]> {
  const { rows } = await sql<Wanted & { superseded: boolean }>`
    SELECT o.id, o.attempt, o.kind, o.message, o.created_at AS "createdAt", o.deliver_to AS "deliverTo",
      o.person_id AS "personId", p.email, p.first_name AS "firstName", p.last_name AS "lastName", p.language,
      p.invited, p.company_id AS "companyId", c.name AS company, ${forceResetOf(sql`${options.mailingId}`)} AS "forceReset",
      p.id IS NULL OR NOT p.enabled
        OR CASE WHEN o.kind = 'activation' THEN coalesce(p.activated_at, l.ended_at, l.used_at) IS NOT NULL
          ELSE p.invited END
        OR EXISTS (SELECT FROM outbox newer WHERE newer.person_id = o.person_id AND newer.id > o.id) AS superseded,
      coalesce(o.ambiguous > 0 AND l.expires_at > ${clock} + ${options.linkHours / 2} * interval '1 hour', false)
        AS "ambiguousPromise"
    FROM outbox o LEFT JOIN LATERAL (SELECT * FROM people WHERE id = o.person_id LIMIT 1) p ON true
      LEFT JOIN LATERAL (SELECT name FROM companies WHERE id = p.company_id LIMIT 1) c ON true
      LEFT JOIN activation_links l ON l.id = o.id AND l.id = ANY(${ids}::uuid[])
    WHERE o.id = ANY(${ids}::uuid[])`.execute(trx)
  const dropped = rows.filter((row) => row.superseded).map((row) => row.id)
  if (dropped.length > 0) {
    await sql`UPDATE outbox SET state = 'superseded', lease_until = NULL
      WHERE id = ANY(${dropped}::uuid[])`.execute(trx)
  }
  return rows.filter((row) => !row.superseded).map(({ superseded: _, ...row }) => row)
}

/**
 * Makes one live link for each e-mail and ends the people's older ones. A link that a possibly delivered copy carries
 * keeps the end which that copy names, so that the next copy is the same byte for byte; unless half of its time is
 * over, because a dead promise would be worse than two dates.
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
    INSERT INTO activation_links AS l (id, person_id, token_hash, expires_at)
    SELECT id, person_id, token_hash, ${clock} + ${options.linkHours} * interval '1 hour'
    FROM unnest(${ids}::uuid[], ${people}::uuid[], ${hashes}::bytea[]) AS new (id, person_id, token_hash)
    ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash, expired_at = NULL,
      expires_at = CASE WHEN l.id = ANY(${kept}::uuid[]) THEN l.expires_at ELSE excluded.expires_at END
    RETURNING id, expires_at AS "expiresAt"`.execute(trx)
  return new Map(rows.map((row) => [row.id, row.expiresAt]))
}
