import { type RawBuilder, sql } from 'kysely'
import { clock } from '../core/clock.ts'
import type { Db } from '../core/database.ts'
import { inTransaction } from '../core/transaction.ts'
import type { DeliveryError } from '../tables/mail.ts'

/*
 * Statements here name rows by arrays (`= ANY(…)`). A join with a table that was filled a minute ago, and has no
 * statistics yet, was planned as a scan of all of it and took 90 % of the time of a large mailing. For the same reason
 * a known link is tested with `coalesce` for being live: the index of live links looks empty to the planner.
 */

/** Whether users must change a password of this mailing at the first sign-in. True unless the import's options say no. */
export const forceResetOf = (mailingId: RawBuilder<unknown>) => sql`coalesce(
  (SELECT (imports.options->'passwords'->>'forceReset')::boolean FROM imports WHERE imports.id = ${mailingId}), true)`

/** Extends the lease of claimed e-mails. Returns the ids that this attempt still holds; another attempt has the others. */
export async function renewLease(db: Db, held: { id: string; attempt: number }[], leaseMs: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE outbox email SET lease_until = ${clock} + ${leaseMs} * interval '1 ms',
      next_attempt_at = ${clock} + ${leaseMs} * interval '1 ms'
    FROM unnest(${held.map(({ id }) => id)}::uuid[], ${held.map(({ attempt }) => attempt)}::int[]) AS held (id, attempt)
    WHERE email.id = held.id AND email.attempt = held.attempt AND email.state = 'sending'
    RETURNING email.id`.execute(db)
  return rows.map((row) => row.id)
}

/**
 * How an attempt at an e-mail ended. `deferred`: the server asks for a later attempt. `unknown`: the e-mail may have been
 * delivered. `released`: nothing was sent, and the recipient loses no attempt; with an error if the mail server caused it.
 */
export interface Ending {
  id: string
  attempt: number
  outcome: 'sent' | 'failed' | 'deferred' | 'unknown' | 'released'
  error: DeliveryError | null
  /** `sent` only: the hash of the password that the e-mail carries. It becomes the user's password. */
  passwordHash?: string | null
  /** `released` only: milliseconds before it may be claimed again. */
  delayMs?: number
}

/** Hours after the first attempt when a deferred e-mail is given up. */
const GIVE_UP_HOURS = 24

/** Attempts that may have delivered the e-mail. After this many it is given up with the reason, and no copy follows. */
const MAX_AMBIGUOUS = 4

/**
 * Records endings, each only if its attempt still holds the e-mail. The link of a sent e-mail expires its full hours from
 * now, and the password of a sent e-mail becomes the user's. A user whose e-mail failed keeps the password that works. A
 * deferred e-mail waits as long again as it has waited so far: at least a minute, at most an hour.
 *
 * One statement, so that an e-mail is never `sent` without its password being set. Of two e-mails with passwords to one
 * user, the newer counts, whichever ends last. The finished SQL is in test/db/snapshots/finish-emails.sql.
 *
 * @returns how many of these e-mails are now sent, and how many failed
 */
export async function finishEmails(
  db: Db,
  endings: Ending[],
  linkHours: number,
): Promise<{ sent: number; failed: number }> {
  const { rows } = await sql<{ state: string; count: number }>`
    WITH

    -- An ending whose attempt still holds its e-mail, with the e-mail's person and mailing. Locked.
    ended AS (
      SELECT email.id, email.person_id, email.mailing_id, ending.outcome, ending.error, ending.delay_ms,
        ending.password_hash, (ending.outcome = 'unknown' AND email.ambiguous + 1 >= ${MAX_AMBIGUOUS})
          OR (ending.outcome IN ('deferred', 'unknown') AND coalesce(
            email.first_attempt_at < ${clock} - ${GIVE_UP_HOURS} * interval '1 hour', false)) AS gave_up
      FROM unnest(
        ${endings.map(({ id }) => id)}::uuid[], ${endings.map(({ attempt }) => attempt)}::int[],
        ${endings.map(({ outcome }) => outcome)}::text[],
        ${endings.map(({ error }) => error && JSON.stringify(error))}::jsonb[],
        ${endings.map(({ delayMs }) => delayMs ?? 0)}::int[],
        ${endings.map(({ passwordHash }) => passwordHash ?? null)}::text[]
      ) AS ending (id, attempt, outcome, error, delay_ms, password_hash)
      JOIN outbox email ON email.id = ending.id AND email.attempt = ending.attempt AND email.state = 'sending'
      FOR UPDATE OF email
    ),

    -- Its e-mail, in the state that it has now.
    finished AS (
      UPDATE outbox email SET
        state = CASE WHEN ended.outcome = 'sent' THEN 'sent'
          WHEN ended.outcome = 'failed' OR ended.gave_up THEN 'failed' ELSE 'queued' END,
        sent_at = CASE WHEN ended.outcome = 'sent' THEN ${clock} END,
        ambiguous = email.ambiguous + (ended.outcome = 'unknown')::int,
        first_attempt_at = CASE WHEN ended.outcome = 'released' THEN email.first_attempt_at
          ELSE coalesce(email.first_attempt_at, ${clock}) END,
        lease_until = NULL,
        next_attempt_at = ${clock} + CASE WHEN ended.outcome = 'released' THEN ended.delay_ms * interval '1 ms'
          ELSE least(greatest(${clock} - email.first_attempt_at, interval '1 minute'), interval '1 hour') END,
        error = CASE WHEN ended.outcome = 'released' THEN coalesce(ended.error, email.error)
          WHEN ended.gave_up THEN ended.error || '{"code": "gave-up"}' ELSE ended.error END
      FROM ended WHERE email.id = ended.id
      RETURNING email.id, email.state
    ),

    -- A password to set: of a sent e-mail, unless a newer one with a password was sent to the same user.
    given AS MATERIALIZED (
      SELECT * FROM ended WHERE ended.outcome = 'sent' AND ended.password_hash IS NOT NULL AND NOT EXISTS
        (SELECT FROM outbox newer WHERE newer.person_id = ended.person_id AND newer.id > ended.id
          AND newer.kind <> 'activation' AND newer.state = 'sent')
    ),

    -- Its user, locked in the order of addresses.
    held AS MATERIALIZED (
      SELECT id FROM users WHERE id = ANY(ARRAY(SELECT person_id FROM given)) ORDER BY email_key FOR NO KEY UPDATE
    ),

    -- That user, with the new password.
    secured AS (
      UPDATE users person SET password_hash = given.password_hash,
        activated_at = coalesce(person.activated_at, ${clock}),
        must_change_password = ${forceResetOf(sql`given.mailing_id`)}, updated_at = ${clock}
      FROM held JOIN given ON given.person_id = held.id WHERE person.id = held.id
    ),

    -- A live link of a sent e-mail, with its full hours from now.
    stamped AS (
      UPDATE activation_links link SET expires_at = ${clock} + ${linkHours} * interval '1 hour'
      WHERE link.id = ANY(ARRAY(SELECT id FROM finished WHERE state = 'sent'))
        AND coalesce(link.used_at, link.ended_at, link.expired_at) IS NULL
    )

    SELECT state, count(*) AS count FROM finished GROUP BY state`.execute(db)
  const counted = (state: string): number => rows.find((row) => row.state === state)?.count ?? 0
  return { sent: counted('sent'), failed: counted('failed') }
}

/** Most open e-mails that are counted. Counting a million after each claim would cost more than sending them. */
const MAX_OPEN_COUNTED = 1_000

/** How many e-mails of a mailing are open (1,000 at most), and milliseconds until the earliest may be sent. */
export async function mailingStanding(db: Db, mailingId: string): Promise<{ open: number; retryInMs: number | null }> {
  const open = sql`mailing_id = ${mailingId} AND state IN ('queued', 'sending')`
  const standing = await inTransaction(db, async (trx) => {
    // Without statistics the planner collects every open e-mail before it counts the first thousand.
    await sql`SET LOCAL enable_bitmapscan = off`.execute(trx)
    await sql`SET LOCAL enable_seqscan = off`.execute(trx)
    const { rows } = await sql<{ open: number; retryInMs: number | null }>`
      SELECT (SELECT count(*) FROM (SELECT FROM outbox WHERE ${open} LIMIT ${MAX_OPEN_COUNTED}) counted) AS open,
        (SELECT greatest(0, ceil(extract(epoch FROM next_attempt_at - ${clock}) * 1000)) FROM outbox WHERE ${open}
          ORDER BY next_attempt_at LIMIT 1)::float8 AS "retryInMs"`.execute(trx)
    return rows[0]
  })
  return standing && standing.open > 0 ? standing : { open: 0, retryInMs: null }
}

/** Returns the latest failure of the mail server or its settings from an open e-mail of the mailing, or null. */
export async function lastFault(db: Db, mailingId: string): Promise<DeliveryError | null> {
  // E-mails that such a failure released are the last in the index of open e-mails, so it is read from its end.
  const { rows } = await sql<{ error: DeliveryError }>`
    SELECT error FROM outbox WHERE mailing_id = ${mailingId} AND state IN ('queued', 'sending')
      AND error->>'code' IN ('configuration', 'unreachable')
    ORDER BY next_attempt_at DESC LIMIT 1`.execute(db)
  return rows[0]?.error ?? null
}
