import { type RawBuilder, sql } from 'kysely'
import { enrolsExisting } from '../../../domain/imports/options.ts'
import type { Trx } from '../../core/database.ts'
import { type Written, writePeople } from '../../people/write/write.ts'
import { type ImportSettings, rowsWithNames, writingOf } from '../../people/write/writing.ts'

export interface RowRange {
  importId: string
  firstRow: number
  lastRow: number
  /** Some of its rows have an outcome already: the rest of an earlier, halved attempt. */
  begun?: boolean
}

/**
 * Rows of the range that are valid and have no outcome yet. Everything that apply does, it does to these.
 *
 * The anti-join stands there only when some rows are done: as outcomes fill up, the planner takes it to leave one row
 * and chooses nested loops. Measured on a million rows: a batch of 10,000 went from 0.7 s to 40 s near the end.
 */
export const openRows = ({ importId, firstRow, lastRow, begun }: RowRange): RawBuilder<boolean> => sql<boolean>`
  r.import_id = ${importId} AND r.row_no BETWEEN ${firstRow} AND ${lastRow} AND r.errors IS NULL ${
    begun ? sql`AND NOT EXISTS (SELECT FROM outcomes o WHERE o.import_id = r.import_id AND o.row_no = r.row_no)` : sql``
  }`

export const withMatch = sql`LEFT JOIN import_matches m ON m.import_id = r.import_id AND m.row_no = r.row_no`

export interface Claim {
  /** Rows to do. */
  open: number
  /** Rows that have an outcome. */
  done: number
  /** Rows whose person is an invitation. */
  invited: number
}

/**
 * Waits until no other attempt works on the range, and counts what is left to do and what is done. A zombie of an
 * earlier attempt that only waits for its client is ended by the server (`idle_in_transaction_session_timeout`).
 */
export async function claimRange(trx: Trx, range: RowRange): Promise<Claim> {
  const { importId, firstRow, lastRow } = range
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${importId}:${firstRow}`}, 0))`.execute(trx)
  const inRange = sql`import_id = ${importId} AND row_no BETWEEN ${firstRow} AND ${lastRow}`
  const { rows } = await sql<{ valid: number; done: number; invited: number }>`
    SELECT (SELECT count(*) FROM import_rows WHERE ${inRange} AND errors IS NULL)::int AS valid,
           (SELECT count(*) FROM outcomes WHERE ${inRange})::int AS done,
           (SELECT count(*) FROM import_matches WHERE ${inRange} AND invited)::int AS invited`.execute(trx)
  const { valid, done, invited } = rows[0] ?? { valid: 0, done: 0, invited: 0 }
  return { open: valid - done, done, invited }
}

/**
 * Holds the courses of the range open to their companies until the transaction ends, and tells which are no longer
 * (HAZARDS 16). A renamed course is still the course of the plan. Whose row names no company has the one that they belong
 * to; people of no company may take every course.
 */
export async function withdrawnCourses(
  trx: Trx,
  range: RowRange,
  { options }: Pick<ImportSettings, 'options'>,
): Promise<string[]> {
  const ofExisting = options.enrol !== null && enrolsExisting(options)
  const { rows } = await sql<{ course: string }>`
    WITH used AS MATERIALIZED (
      SELECT DISTINCT unnest(r.titles) AS ref FROM import_rows r WHERE ${openRows(range)}
    ), wanted AS MATERIALIZED (
      SELECT DISTINCT c.resolved_id AS company, t.resolved_id AS course
        FROM used JOIN import_refs t ON t.import_id = ${range.importId} AND t.ref = used.ref
        JOIN import_refs c ON c.import_id = t.import_id AND c.ref = t.company_ref
       UNION
      SELECT c.resolved_id, e.course_id FROM import_courses e
        JOIN import_refs c ON c.import_id = e.import_id AND c.kind = 'company' AND c.resolved_id IS NOT NULL
       WHERE e.import_id = ${range.importId}
       UNION
      SELECT h.company_id, e.course_id FROM import_courses e CROSS JOIN (
        SELECT DISTINCT u.company_id FROM import_rows r ${withMatch} JOIN people u ON u.id = m.user_id
         WHERE ${openRows(range)} AND r.company_ref IS NULL AND u.company_id IS NOT NULL AND ${ofExisting}) h
       WHERE e.import_id = ${range.importId}
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

/**
 * Locks the people whom the range will change, in the order of their addresses, users before invitations: two imports
 * never deadlock, and nobody accepts an invitation while it is changed. Every invitation of the range, since one that is
 * taken back makes its row somebody new.
 */
export async function lockPeople(trx: Trx, range: RowRange, withInvitations: boolean): Promise<void> {
  for (const table of withInvitations ? ['users', 'invitations'] : ['users']) {
    await sql`
      SELECT FROM import_rows r JOIN import_matches m ON m.import_id = r.import_id AND m.row_no = r.row_no
        JOIN ${sql.table(table)} u ON u.id = m.user_id
       WHERE ${openRows(range)} AND (m.action = 'update' OR m.invited) ORDER BY u.email_key FOR UPDATE OF u`.execute(
      trx,
    )
  }
}

/**
 * Invitations of the plan that were accepted since are users now, with the same id. One that is gone altogether is
 * nobody's any more: its row is somebody new.
 */
export async function followAcceptedInvitations(trx: Trx, range: RowRange): Promise<void> {
  const { importId, firstRow, lastRow } = range
  const invited = sql`m.import_id = ${importId} AND m.row_no BETWEEN ${firstRow} AND ${lastRow} AND m.invited
    AND NOT EXISTS (SELECT FROM invitations i WHERE i.id = m.user_id)`
  await sql`UPDATE import_matches m SET invited = false
    WHERE ${invited} AND EXISTS (SELECT FROM users u WHERE u.id = m.user_id)`.execute(trx)
  await sql`DELETE FROM import_matches m WHERE ${invited}`.execute(trx)
}

/** Applies all open rows of a range: people, groups, outcomes with before-images, enrolments, e-mails. */
export function applyOpenRows(
  trx: Trx,
  range: RowRange,
  settings: ImportSettings,
  withInvitations: boolean,
): Promise<Written> {
  const { importId } = range
  const todo = sql`
    SELECT r.*, m.user_id AS person_id, coalesce(m.invited, false) AS invited, m.action
      FROM ${rowsWithNames} r ${withMatch} WHERE ${openRows(range)}`
  const courses = sql`
    SELECT t.row_no, n.resolved_id AS course_id, NULL::uuid AS collection_id, NULL::uuid AS campaign_id
      FROM todo t CROSS JOIN unnest(t.titles) AS title
      JOIN import_refs n ON n.import_id = ${importId} AND n.ref = title`
  const forAll = sql`
    UNION ALL SELECT t.row_no, e.course_id, e.collection_id, e.campaign_id
      FROM todo t CROSS JOIN import_courses e WHERE e.import_id = ${importId}`
  return writePeople(trx, {
    ...writingOf(settings),
    importId,
    todo,
    courses: settings.options.enrol ? sql`${courses} ${forAll}` : courses,
    withInvitations,
  })
}

/**
 * Rows planned as new whose person somebody else has created or invited since: they become matches, as if they had been
 * there when the plan was frozen. People outside the scope become an error of the row.
 *
 * @returns rows that became invalid
 */
export async function adoptLatecomers(trx: Trx, range: RowRange, settings: ImportSettings): Promise<number> {
  const { options, scope } = settings
  const foreign = sql`(${scope}::uuid[] IS NOT NULL AND (u.company_id = ANY (${scope}::uuid[])) IS NOT TRUE)`
  await sql`
    INSERT INTO import_matches (import_id, row_no, user_id, action, invited)
    SELECT DISTINCT ON (r.import_id, r.row_no) r.import_id, r.row_no, u.id, ${options.existing}::text, u.invited
      FROM import_rows r JOIN people u ON u.email_key = r.email_key ${withMatch}
     WHERE ${openRows(range)} AND m.row_no IS NULL AND NOT ${foreign}
     ORDER BY r.import_id, r.row_no, u.invited`.execute(trx)
  const { numAffectedRows } = await sql`
    UPDATE import_rows w SET errors = jsonb_build_array(jsonb_build_object('column', NULL, 'code', 'email-unavailable',
      'message', 'This address cannot be used. Ask an administrator of the platform.', 'value', r.email))
      FROM import_rows r JOIN people u ON u.email_key = r.email_key ${withMatch}
     WHERE ${openRows(range)} AND m.row_no IS NULL AND ${foreign}
       AND w.import_id = r.import_id AND w.row_no = r.row_no`.execute(trx)
  return Number(numAffectedRows ?? 0)
}
