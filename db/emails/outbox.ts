import { type RawBuilder, sql } from 'kysely'
import { clock } from '../core/clock.ts'
import type { Db } from '../core/database.ts'
import { inTransaction } from '../core/transaction.ts'
import type { DeliveryError } from '../tables/mail.ts'

/**
 * Rows are named by arrays (`= ANY(…)`) throughout: a join with a table that was filled a minute ago, and has no
 * statistics yet, was planned as a scan of all of it and took 90 % of the time of a large mailing. For the same reason
 * "still live" is a `coalesce` where the row is known already: the index of live links looks empty to the planner.
 */

/** Whether a password that an import gave has to be changed at the first sign-in; without a word about it, it has. */
export const forceResetOf = (mailingId: RawBuilder<unknown>) => sql`coalesce(
  (SELECT (i.options->'passwords'->>'forceReset')::boolean FROM imports i WHERE i.id = ${mailingId}), true)`

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
 * `released`: nothing was tried, nobody's chance is used up; with an error where the mail server is the reason.
 */
export interface Ending {
  id: string
  attempt: number
  outcome: 'sent' | 'failed' | 'deferred' | 'unknown' | 'released'
  error: DeliveryError | null
  /** `sent` only: the hash of the password that the e-mail gave its user; from now on it is theirs. */
  passwordHash?: string | null
  /** `released` only: milliseconds before it may be claimed again. */
  delayMs?: number
}

/** Hours after the first answer of "later" when an e-mail is given up. */
const GIVE_UP_HOURS = 24

/** Ends of which nobody knows whether they delivered; with so many, the reason is recorded and no copy follows. */
const MAX_AMBIGUOUS = 4

/**
 * Records endings, each only when its attempt still holds the e-mail. An accepted e-mail's link gets its full time
 * from now, an accepted password becomes its user's: whose e-mail was refused keeps the password that works. What is
 * deferred waits as long again as it has waited so far: at least a minute, at most an hour.
 *
 * One statement, so that an e-mail is never `sent` without its password being set. Of two e-mails with passwords that
 * were on their way at once, the newer counts, whichever is finished last.
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
      SELECT o.id, o.person_id, o.mailing_id, e.outcome, e.error, e.delay_ms, e.password_hash,
        (e.outcome = 'unknown' AND o.ambiguous + 1 >= ${MAX_AMBIGUOUS}) OR (e.outcome IN ('deferred', 'unknown')
          AND coalesce(o.first_attempt_at < ${clock} - ${GIVE_UP_HOURS} * interval '1 hour', false)) AS gave_up
      FROM unnest(
        ${endings.map((e) => e.id)}::uuid[], ${endings.map((e) => e.attempt)}::int[],
        ${endings.map((e) => e.outcome)}::text[], ${endings.map((e) => e.error && JSON.stringify(e.error))}::jsonb[],
        ${endings.map((e) => e.delayMs ?? 0)}::int[], ${endings.map((e) => e.passwordHash ?? null)}::text[]
      ) AS e (id, attempt, outcome, error, delay_ms, password_hash)
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
        error = CASE WHEN e.outcome = 'released' THEN coalesce(e.error, o.error)
          WHEN e.gave_up THEN e.error || '{"code": "gave-up"}' ELSE e.error END
      FROM ended e WHERE o.id = e.id
      RETURNING o.id, o.state
    ), given AS MATERIALIZED (
      SELECT * FROM ended e WHERE e.outcome = 'sent' AND e.password_hash IS NOT NULL AND NOT EXISTS
        (SELECT FROM outbox n WHERE n.person_id = e.person_id AND n.id > e.id AND n.kind <> 'activation'
          AND n.state = 'sent')
    ), held AS MATERIALIZED (
      SELECT id FROM users WHERE id = ANY(ARRAY(SELECT person_id FROM given)) ORDER BY email_key FOR NO KEY UPDATE
    ), secured AS (
      UPDATE users u SET password_hash = g.password_hash, activated_at = coalesce(u.activated_at, ${clock}),
        must_change_password = ${forceResetOf(sql`g.mailing_id`)}, updated_at = ${clock}
      FROM held h JOIN given g ON g.person_id = h.id WHERE u.id = h.id
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

/** What the mail server said last to Muster itself, in an e-mail of the mailing that still waits because of it. */
export async function lastFault(db: Db, mailingId: string): Promise<DeliveryError | null> {
  // What was given back because of a fault was given back last: the index of open e-mails is read from its end.
  const { rows } = await sql<{ error: DeliveryError }>`
    SELECT error FROM outbox WHERE mailing_id = ${mailingId} AND state IN ('queued', 'sending')
      AND error->>'code' IN ('configuration', 'unreachable')
    ORDER BY next_attempt_at DESC LIMIT 1`.execute(db)
  return rows[0]?.error ?? null
}
