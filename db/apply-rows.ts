import { sql } from 'kysely'
import { enrolsExisting, type ImportOptions } from '../domain/options.ts'
import type { Trx } from './database.ts'
import { anyDiffers, type PersonValue, personValues, withNames } from './person-values.ts'

export interface RowRange {
  importId: string
  firstRow: number
  lastRow: number
  /** Some of its rows have an outcome already: the rest of an earlier, halved attempt. */
  begun?: boolean
}

export interface Applied {
  created: number
  updated: number
  skipped: number
  assignments: number
  emails: number
}

/**
 * Rows of the range that are valid and have no outcome yet. Everything that apply does, it does to these.
 *
 * The anti-join stands there only when some rows are done: as outcomes fill up, the planner takes it to leave one row
 * and chooses nested loops. Measured on a million rows: a batch of 10,000 went from 0.7 s to 40 s near the end.
 */
const open = ({ importId, firstRow, lastRow, begun }: RowRange) => sql`
  r.import_id = ${importId} AND r.row_no BETWEEN ${firstRow} AND ${lastRow} AND r.errors IS NULL ${
    begun ? sql`AND NOT EXISTS (SELECT FROM outcomes o WHERE o.import_id = r.import_id AND o.row_no = r.row_no)` : sql``
  }`

const match = sql`LEFT JOIN import_matches m ON m.import_id = r.import_id AND m.row_no = r.row_no`

/**
 * Waits until no other attempt works on the range, and counts what is left to do and what is done. A zombie of an
 * earlier attempt that only waits for its client is ended by the server (`idle_in_transaction_session_timeout`).
 */
export async function claimRange(trx: Trx, range: RowRange): Promise<{ open: number; done: number }> {
  const { importId, firstRow, lastRow } = range
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${importId}:${firstRow}`}, 0))`.execute(trx)
  const { rows } = await sql<{ valid: number; done: number }>`
    SELECT (SELECT count(*) FROM import_rows WHERE import_id = ${importId} AND row_no BETWEEN ${firstRow} AND ${lastRow}
               AND errors IS NULL)::int AS valid,
           (SELECT count(*) FROM outcomes WHERE import_id = ${importId} AND row_no BETWEEN ${firstRow} AND ${lastRow}
           )::int AS done`.execute(trx)
  const { valid, done } = rows[0] ?? { valid: 0, done: 0 }
  return { open: valid - done, done }
}

/**
 * Holds the courses of the range open to their companies until the transaction ends, and tells which are no longer
 * (HAZARDS 16). A renamed course is still the course of the plan.
 */
export async function withdrawnCourses(trx: Trx, range: RowRange): Promise<string[]> {
  const { rows } = await sql<{ course: string; there: boolean }>`
    WITH used AS MATERIALIZED (
      SELECT DISTINCT unnest(r.titles) AS ref FROM import_rows r WHERE ${open(range)}
    ), wanted AS MATERIALIZED (
      SELECT DISTINCT c.resolved_id AS company, t.resolved_id AS course
        FROM used JOIN import_refs t ON t.import_id = ${range.importId} AND t.ref = used.ref
        JOIN import_refs c ON c.import_id = t.import_id AND c.ref = t.company_ref
    ), held AS MATERIALIZED (
      SELECT cc.company_id, cc.course_id FROM company_courses cc
       WHERE (cc.company_id, cc.course_id) IN (SELECT company, course FROM wanted)
       ORDER BY cc.company_id, cc.course_id FOR SHARE OF cc
    )
    SELECT DISTINCT w.course FROM wanted w
      LEFT JOIN held h ON h.company_id = w.company AND h.course_id = w.course
     WHERE h.course_id IS NULL`.execute(trx)
  return rows.map(({ course }) => course)
}

/** Locks the people whom the range will change, in the order of their addresses: two imports never deadlock. */
export async function lockPeople(trx: Trx, range: RowRange): Promise<void> {
  await sql`
    SELECT FROM import_rows r JOIN import_matches m ON m.import_id = r.import_id AND m.row_no = r.row_no
      JOIN users u ON u.id = m.user_id
     WHERE ${open(range)} AND m.action = 'update' ORDER BY u.email_key FOR UPDATE OF u`.execute(trx)
}

/**
 * Applies all open rows of a range in one statement: people, outcomes with before-images, enrolments, e-mails.
 *
 * One statement because each step needs the rows that the one before it returned; a temporary table for them would
 * cost entries in the catalogue with every batch.
 * New people are inserted in the order of their addresses, so that two imports of the same people wait for each other
 * instead of deadlocking (HAZARDS 12). A row whose person came into being meanwhile gets no outcome here:
 * `adoptLatecomers` makes it a match, and the next call does it.
 */
export async function applyOpenRows(
  trx: Trx,
  range: RowRange,
  options: ImportOptions,
  fields: string[],
): Promise<Applied> {
  const { importId } = range
  const values = personValues(options, fields)
  const set = values.map(({ column, value }) => sql`${sql.ref(column)} = ${value}`)
  const enrolled = enrolsExisting(options) ? sql`true` : sql`d.outcome = 'created'`
  const { rows } = await sql<Applied>`
    WITH todo AS MATERIALIZED (
      SELECT r.*, c.resolved_id AS company_id, k.resolved_id AS cohort_id, m.user_id, m.action
        FROM import_rows r ${withNames} ${match} WHERE ${open(range)}
    ), added AS (
      INSERT INTO users (email, email_key, first_name, last_name, company_id, cohort_id, language, job_role, region,
                         enabled)
      SELECT email, email_key, first_name, last_name, company_id, cohort_id, language, job_role, region, enabled
        FROM todo WHERE action IS NULL ORDER BY email_key
      ON CONFLICT (email_key) DO NOTHING
      RETURNING id, email_key
    ), changed AS (
      UPDATE users u SET ${sql.join(set)}, updated_at = now()
        FROM todo r ${withNames}
       WHERE u.id = r.user_id AND r.action = 'update' AND ${anyDiffers(values)}
      RETURNING u.id, r.row_no, ${beforeImage(values)} AS before
    ), done AS (
      INSERT INTO outcomes (import_id, row_no, outcome, user_id, before)
      SELECT ${importId}::uuid, t.row_no, 'created', a.id, NULL::jsonb FROM todo t JOIN added a ON a.email_key = t.email_key
      UNION ALL
      SELECT ${importId}::uuid, t.row_no, CASE WHEN x.id IS NULL THEN 'skipped' ELSE 'updated' END, t.user_id, x.before
        FROM todo t LEFT JOIN changed x ON x.row_no = t.row_no WHERE t.action IS NOT NULL
      RETURNING row_no, outcome, user_id
    ), enrolled AS (
      INSERT INTO enrolments (user_id, course_id, import_id)
      SELECT d.user_id, n.resolved_id, ${importId}::uuid
        FROM done d JOIN todo t ON t.row_no = d.row_no CROSS JOIN unnest(t.titles) AS title
        JOIN import_refs n ON n.import_id = ${importId} AND n.ref = title
       WHERE ${enrolled} ORDER BY 1, 2
      ON CONFLICT DO NOTHING RETURNING 1
    ), mailed AS (
      INSERT INTO outbox (mailing_id, user_id, message)
      SELECT ${importId}::uuid, d.user_id, ${options.message}::text
        FROM done d JOIN todo t ON t.row_no = d.row_no
       WHERE d.outcome = 'created' AND t.enabled AND ${options.sendEmails}
      RETURNING 1
    )
    SELECT count(*) FILTER (WHERE outcome = 'created')::int AS created,
           count(*) FILTER (WHERE outcome = 'updated')::int AS updated,
           count(*) FILTER (WHERE outcome = 'skipped')::int AS skipped,
           (SELECT count(*) FROM enrolled)::int AS assignments, (SELECT count(*) FROM mailed)::int AS emails
      FROM done`.execute(trx)
  return rows[0] ?? { created: 0, updated: 0, skipped: 0, assignments: 0, emails: 0 }
}

/** Only what changed, by API field name: what an administrator needs to see, and to undo. */
function beforeImage(values: readonly PersonValue[]) {
  const parts = values.map(
    ({ column, field }) => sql`
      CASE WHEN old.${sql.ref(column)} IS DISTINCT FROM new.${sql.ref(column)}
           THEN jsonb_build_object(${field}::text, old.${sql.ref(column)}) ELSE '{}' END`,
  )
  return sql`(${sql.join(parts, sql` || `)})`
}

/**
 * Rows planned as new whose person somebody else has created since: they become matches, as if they had been there
 * when the plan was frozen. People outside the scope become an error of the row.
 *
 * @returns rows that became invalid
 */
export async function adoptLatecomers(
  trx: Trx,
  range: RowRange,
  options: ImportOptions,
  scope: string[] | null,
): Promise<number> {
  const foreign = sql`(${scope}::uuid[] IS NOT NULL AND u.company_id <> ALL (${scope}::uuid[]))`
  await sql`
    INSERT INTO import_matches (import_id, row_no, user_id, action)
    SELECT r.import_id, r.row_no, u.id, ${options.existing} FROM import_rows r
      JOIN users u ON u.email_key = r.email_key ${match}
     WHERE ${open(range)} AND m.row_no IS NULL AND NOT ${foreign}`.execute(trx)
  const { numAffectedRows } = await sql`
    UPDATE import_rows w SET errors = jsonb_build_array(jsonb_build_object('column', NULL, 'code', 'email-unavailable',
      'message', 'This address cannot be used. Ask an administrator of the platform.', 'value', r.email))
      FROM import_rows r JOIN users u ON u.email_key = r.email_key ${match}
     WHERE ${open(range)} AND m.row_no IS NULL AND ${foreign}
       AND w.import_id = r.import_id AND w.row_no = r.row_no`.execute(trx)
  return Number(numAffectedRows ?? 0)
}
