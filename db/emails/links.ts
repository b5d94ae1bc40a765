import { sql } from 'kysely'
import { clock } from '../core/clock.ts'
import type { Db } from '../core/database.ts'

/**
 * A link without an end so far. Not written as the index of live links is: that index looks empty to a planner without
 * statistics, which would then read all of it for each stretch.
 */
const live = sql`coalesce(link.used_at, link.ended_at, link.expired_at) IS NULL`

/** E-mails that one statement looks at, so that a sweep holds no lock for longer than a fraction of a second. */
const SWEEP_ROWS = 5_000

export interface Sweep {
  expired: number
  /** The earliest expiry of a live link. */
  nextAt: Date | null
  /** Where the next sweep continues; null after the last. */
  after: string | null
}

/**
 * Expires the links of one stretch of a mailing whose time has come, by the database's clock. A link that was used a
 * moment earlier stays used, because the update takes live links only.
 *
 * @param after the last e-mail of the stretch before; null: the first stretch
 */
export async function sweepLinks(db: Db, mailingId: string, after: string | null): Promise<Sweep> {
  const { rows } = await sql<{ looked: number; after: string; expired: number; nextAt: Date | null }>`
    WITH
    -- An e-mail of the stretch.
    stretch AS MATERIALIZED (
      SELECT id FROM outbox
      WHERE mailing_id = ${mailingId} AND id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
      ORDER BY id LIMIT ${SWEEP_ROWS}
    ),
    -- A link that expires now.
    expired AS (
      UPDATE activation_links link SET expired_at = ${clock}
      WHERE link.id = ANY(ARRAY(SELECT id FROM stretch)) AND ${live} AND link.expires_at <= ${clock}
      RETURNING link.id
    )
    SELECT (SELECT count(*) FROM stretch) AS looked, (SELECT max(id::text) FROM stretch) AS after,
      (SELECT count(*) FROM expired) AS expired,
      (SELECT min(link.expires_at) FROM activation_links link
        WHERE link.id = ANY(ARRAY(SELECT id FROM stretch)) AND ${live} AND link.expires_at > ${clock}) AS "nextAt"`.execute(
    db,
  )
  const sweep = rows[0]
  if (!sweep) return { expired: 0, nextAt: null, after: null }
  return { expired: sweep.expired, nextAt: sweep.nextAt, after: sweep.looked < SWEEP_ROWS ? null : sweep.after }
}

/** Milliseconds from now until a time, by the database's clock; 0 for a past time. */
export async function millisecondsUntil(db: Db, time: Date): Promise<number> {
  const { rows } = await sql<{ ms: number }>`
    SELECT greatest(0, ceil(extract(epoch FROM ${time}::timestamptz - ${clock}) * 1000))::float8 AS ms`.execute(db)
  return rows[0]?.ms ?? 0
}
