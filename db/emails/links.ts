import { sql } from 'kysely'
import { clock } from '../core/clock.ts'
import type { Db } from '../core/database.ts'

/**
 * A link that can still be used, but for its time. Not written as the index of live links is: to a planner without
 * statistics that index looks empty, and it would read all of it for each stretch.
 */
const live = sql`coalesce(l.used_at, l.ended_at, l.expired_at) IS NULL`

/** E-mails looked at in one statement: a sweep holds no lock for longer than a fraction of a second. */
const SWEEP_ROWS = 5_000

export interface Sweep {
  expired: number
  /** The earliest end of a link that is still live. */
  nextAt: Date | null
  /** Where the next sweep goes on; null after the last. */
  after: string | null
}

/**
 * Expires the links of one stretch of a mailing whose time has come, by the database's clock. Whoever used a link a
 * moment earlier keeps it: the update counts only links that are still live.
 *
 * @param after the last e-mail of the stretch before; null begins
 */
export async function sweepLinks(db: Db, mailingId: string, after: string | null): Promise<Sweep> {
  const { rows } = await sql<{ looked: number; after: string; expired: number; nextAt: Date | null }>`
    WITH stretch AS MATERIALIZED (
      SELECT id FROM outbox
      WHERE mailing_id = ${mailingId} AND id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
      ORDER BY id LIMIT ${SWEEP_ROWS}
    ), expired AS (
      UPDATE activation_links l SET expired_at = ${clock}
      WHERE l.id = ANY(ARRAY(SELECT id FROM stretch)) AND ${live} AND l.expires_at <= ${clock}
      RETURNING l.id
    )
    SELECT (SELECT count(*) FROM stretch) AS looked, (SELECT max(id::text) FROM stretch) AS after,
      (SELECT count(*) FROM expired) AS expired,
      (SELECT min(l.expires_at) FROM activation_links l
        WHERE l.id = ANY(ARRAY(SELECT id FROM stretch)) AND ${live} AND l.expires_at > ${clock}) AS "nextAt"`.execute(
    db,
  )
  const sweep = rows[0]
  if (!sweep) return { expired: 0, nextAt: null, after: null }
  return { expired: sweep.expired, nextAt: sweep.nextAt, after: sweep.looked < SWEEP_ROWS ? null : sweep.after }
}

/** Milliseconds from now until a point in time, by the database's clock; 0 when it has passed. */
export async function millisecondsUntil(db: Db, time: Date): Promise<number> {
  const { rows } = await sql<{ ms: number }>`
    SELECT greatest(0, ceil(extract(epoch FROM ${time}::timestamptz - ${clock}) * 1000))::float8 AS ms`.execute(db)
  return rows[0]?.ms ?? 0
}
