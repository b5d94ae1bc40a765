import { sql } from 'kysely'
import type { Db, Trx } from './database.ts'
import type { DeliveryError } from './tables/mail.ts'
import { inTransaction } from './transaction.ts'

/** An e-mail that this attempt alone may send, until its lease ends. */
export interface ClaimedEmail {
  id: string
  /** Fencing number: only this attempt's endings count. */
  attempt: number
  email: string
  firstName: string
  language: string
  company: string
  message: string | null
  createdAt: Date
  /** What the e-mail may promise: the link ends then or later. */
  expiresAt: Date
}

export interface ClaimOptions {
  mailingId: string
  limit: number
  leaseMs: number
  linkHours: number
  /** SHA-256 of the token of an e-mail's link. */
  tokenHash(outboxId: string): Buffer
}

/**
 * Rows are named by arrays (`= ANY(…)`) throughout: a join with a table that was filled a minute ago, and has no
 * statistics yet, was planned as a scan of all of it and took 90 % of the time of a large mailing. For the same reason
 * "still live" is a `coalesce` where the row is known already: the index of live links looks empty to the planner.
 *
 * The clock is read once per statement: as a scalar subquery it can bound an index scan, as a bare call it cannot. */
const clock = sql`(SELECT clock_timestamp())`

/**
 * Claims open e-mails of a mailing and makes their links live. An e-mail whose lease ran out is claimed again and
 * counted as ambiguous, since nobody knows how far it came. Whoever is active or disabled by now, or has a newer
 * e-mail, gets none. Locks are taken as everywhere: outbox, then users in address order, then links.
 */
export async function claimEmails(trx: Trx, options: ClaimOptions): Promise<ClaimedEmail[]> {
  const lease = sql`${clock} + ${options.leaseMs} * interval '1 ms'`
  const { rows: taken } = await sql<{ id: string }>`
    WITH due AS MATERIALIZED (
      SELECT id FROM outbox
      WHERE mailing_id = ${options.mailingId} AND state IN ('queued', 'sending') AND next_attempt_at <= ${clock}
      ORDER BY next_attempt_at LIMIT ${options.limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE outbox o
    SET state = 'sending', attempt = attempt + 1, ambiguous = ambiguous + (state = 'sending')::int,
      lease_until = ${lease}, next_attempt_at = ${lease}
    FROM due WHERE o.id = due.id RETURNING o.id`.execute(trx)
  const ids = taken.map((row) => row.id)
  if (ids.length === 0) return []
  await sql`SELECT FROM users WHERE id IN (SELECT user_id FROM outbox WHERE id = ANY(${ids}::uuid[]))
    ORDER BY email_key FOR NO KEY UPDATE`.execute(trx)
  const wanted = await dropSuperseded(trx, ids, options.linkHours)
  const expiry = await issueLinks(trx, wanted, options)
  return wanted.flatMap(({ userId: _, ambiguousPromise: __, ...email }) => {
    const expiresAt = expiry.get(email.id)
    return expiresAt ? [{ ...email, expiresAt }] : []
  })
}

type Wanted = Omit<ClaimedEmail, 'expiresAt'> & { userId: string; ambiguousPromise: boolean }

/** Reads the claimed e-mails once their users are locked, and takes out those that nobody needs any more. */
async function dropSuperseded(trx: Trx, ids: string[], linkHours: number): Promise<Wanted[]> {
  const { rows } = await sql<Wanted & { superseded: boolean }>`
    SELECT o.id, o.attempt, o.message, o.created_at AS "createdAt", u.id AS "userId", u.email,
      u.first_name AS "firstName", u.language, c.name AS company,
      NOT u.enabled OR u.activated_at IS NOT NULL OR l.ended_at IS NOT NULL OR l.used_at IS NOT NULL
        OR EXISTS (SELECT FROM outbox newer WHERE newer.user_id = o.user_id AND newer.id > o.id) AS superseded,
      coalesce(o.ambiguous > 0 AND l.expires_at > ${clock} + ${linkHours / 2} * interval '1 hour', false)
        AS "ambiguousPromise"
    FROM outbox o JOIN users u ON u.id = o.user_id JOIN companies c ON c.id = u.company_id
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
 * Makes one live link for each e-mail and ends the users' older ones. A link that a possibly delivered copy carries
 * keeps the end which that copy names, so that the next copy is the same byte for byte; unless half of its time is
 * over, because a dead promise would be worse than two dates.
 */
async function issueLinks(trx: Trx, wanted: Wanted[], options: ClaimOptions): Promise<Map<string, Date>> {
  if (wanted.length === 0) return new Map()
  const ids = wanted.map((email) => email.id)
  const users = wanted.map((email) => email.userId)
  const hashes = ids.map((id) => options.tokenHash(id))
  const kept = wanted.filter((email) => email.ambiguousPromise).map((email) => email.id)
  await sql`UPDATE activation_links SET ended_at = ${clock}
    WHERE user_id = ANY(${users}::uuid[]) AND id <> ALL(${ids}::uuid[])
      AND used_at IS NULL AND ended_at IS NULL AND expired_at IS NULL`.execute(trx)
  const { rows } = await sql<{ id: string; expiresAt: Date }>`
    INSERT INTO activation_links AS l (id, user_id, token_hash, expires_at)
    SELECT id, user_id, token_hash, ${clock} + ${options.linkHours} * interval '1 hour'
    FROM unnest(${ids}::uuid[], ${users}::uuid[], ${hashes}::bytea[]) AS new (id, user_id, token_hash)
    ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash, expired_at = NULL,
      expires_at = CASE WHEN l.id = ANY(${kept}::uuid[]) THEN l.expires_at ELSE excluded.expires_at END
    RETURNING id, expires_at AS "expiresAt"`.execute(trx)
  return new Map(rows.map((row) => [row.id, row.expiresAt]))
}

/** Holds claimed e-mails for longer. Returns those that are still this attempt's; the others belong to another. */
export async function renewLease(db: Db, held: { id: string; attempt: number }[], leaseMs: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE outbox o SET lease_until = ${clock} + ${leaseMs} * interval '1 ms',
      next_attempt_at = ${clock} + ${leaseMs} * interval '1 ms'
    FROM unnest(${held.map((h) => h.id)}::uuid[], ${held.map((h) => h.attempt)}::int[]) AS mine (id, attempt)
    WHERE o.id = mine.id AND o.attempt = mine.attempt AND o.state = 'sending'
    RETURNING o.id`.execute(db)
  return rows.map((row) => row.id)
}

/**
 * How an attempt at an e-mail ended. `deferred`: the server wants it later. `unknown`: it may have been delivered.
 * `released`: nothing was tried, nobody's chance is used up.
 */
export interface Ending {
  id: string
  attempt: number
  outcome: 'sent' | 'failed' | 'deferred' | 'unknown' | 'released'
  error: DeliveryError | null
  /** `released` only: milliseconds before it may be claimed again. */
  delayMs?: number
}

/** Hours after the first answer of "later" when an e-mail is given up. */
const GIVE_UP_HOURS = 24

/** Ends of which nobody knows whether they delivered; with so many, the reason is recorded and no copy follows. */
const MAX_AMBIGUOUS = 4

/**
 * Records endings, each only when its attempt still holds the e-mail. An accepted e-mail's link gets its full time
 * from now. What is deferred waits as long again as it has waited so far: at least a minute, at most an hour.
 *
 * @returns how many were sent and how many are given up, by what was really recorded
 */
export async function finishEmails(
  db: Db,
  endings: Ending[],
  linkHours: number,
): Promise<{ sent: number; failed: number }> {
  const { rows } = await sql<{ state: string; count: number }>`
    WITH ended AS (
      SELECT o.id, e.outcome, e.error, e.delay_ms,
        (e.outcome = 'unknown' AND o.ambiguous + 1 >= ${MAX_AMBIGUOUS}) OR (e.outcome IN ('deferred', 'unknown')
          AND coalesce(o.first_attempt_at < ${clock} - ${GIVE_UP_HOURS} * interval '1 hour', false)) AS gave_up
      FROM unnest(
        ${endings.map((e) => e.id)}::uuid[], ${endings.map((e) => e.attempt)}::int[],
        ${endings.map((e) => e.outcome)}::text[], ${endings.map((e) => e.error && JSON.stringify(e.error))}::jsonb[],
        ${endings.map((e) => e.delayMs ?? 0)}::int[]
      ) AS e (id, attempt, outcome, error, delay_ms)
      JOIN outbox o ON o.id = e.id AND o.attempt = e.attempt AND o.state = 'sending'
      FOR UPDATE OF o
    ), finished AS (
      UPDATE outbox o SET
        state = CASE WHEN e.outcome = 'sent' THEN 'sent' WHEN e.outcome = 'failed' OR e.gave_up THEN 'failed'
          ELSE 'queued' END,
        sent_at = CASE WHEN e.outcome = 'sent' THEN ${clock} END,
        ambiguous = o.ambiguous + (e.outcome = 'unknown')::int,
        first_attempt_at = CASE WHEN e.outcome = 'released' THEN o.first_attempt_at
          ELSE coalesce(o.first_attempt_at, ${clock}) END,
        lease_until = NULL,
        next_attempt_at = ${clock} + CASE WHEN e.outcome = 'released' THEN e.delay_ms * interval '1 ms'
          ELSE least(greatest(${clock} - o.first_attempt_at, interval '1 minute'), interval '1 hour') END,
        error = CASE WHEN e.outcome = 'released' THEN o.error
          WHEN e.gave_up THEN e.error || '{"code": "gave-up"}' ELSE e.error END
      FROM ended e WHERE o.id = e.id
      RETURNING o.id, o.state
    ), stamped AS (
      UPDATE activation_links l SET expires_at = ${clock} + ${linkHours} * interval '1 hour'
      WHERE l.id = ANY(ARRAY(SELECT id FROM finished WHERE state = 'sent'))
        AND coalesce(l.used_at, l.ended_at, l.expired_at) IS NULL
    )
    SELECT state, count(*) AS count FROM finished GROUP BY state`.execute(db)
  const counted = (state: string): number => rows.find((row) => row.state === state)?.count ?? 0
  return { sent: counted('sent'), failed: counted('failed') }
}

/** Counting a million open e-mails after each claim would cost more than sending: beyond this it is "at least". */
const OPEN_COUNTED = 1_000

/** How many e-mails of a mailing are open (OPEN_COUNTED at most), and milliseconds until the earliest may be tried. */
export async function mailingStanding(db: Db, mailingId: string): Promise<{ open: number; retryInMs: number | null }> {
  const still = sql`mailing_id = ${mailingId} AND state IN ('queued', 'sending')`
  const standing = await inTransaction(db, async (trx) => {
    // Without statistics the planner collects every open e-mail before it counts the first thousand.
    await sql`SET LOCAL enable_bitmapscan = off`.execute(trx)
    await sql`SET LOCAL enable_seqscan = off`.execute(trx)
    const { rows } = await sql<{ open: number; retryInMs: number | null }>`
      SELECT (SELECT count(*) FROM (SELECT FROM outbox WHERE ${still} LIMIT ${OPEN_COUNTED}) counted) AS open,
        (SELECT greatest(0, ceil(extract(epoch FROM next_attempt_at - ${clock}) * 1000)) FROM outbox WHERE ${still}
          ORDER BY next_attempt_at LIMIT 1)::float8 AS "retryInMs"`.execute(trx)
    return rows[0]
  })
  return standing && standing.open > 0 ? standing : { open: 0, retryInMs: null }
}
