import { type RawBuilder, sql } from 'kysely'
import type { RowOutcome } from '../../../domain/imports/states.ts'
import type { CellError } from '../../../domain/problems/problem.ts'
import type { Db, Trx } from '../../core/database.ts'
import type { Scope } from '../../core/page.ts'
import { eachPage } from '../../core/row-pages.ts'
import { groupsOf } from '../../people/groups.ts'
import { invitations, type Target, users } from '../../people/target.ts'

export interface ImportRow {
  row: number
  outcome: RowOutcome | null
  email: string | null
  firstName: string | null
  lastName: string | null
  /** The id of the user or the invitation, unless the person belongs to a company outside the scope. */
  user: string | null
  /** Titles of the courses that this import enrolled the person in, or will when they accept their invitation. */
  courses: string[]
  errors: CellError[]
  /** Of somebody who was changed: by field, the value before and the one that the person has today. Else null. */
  changes: Record<string, { from: unknown; to: unknown }> | null
}

export interface RowsWanted {
  /** null: every row. */
  outcome: RowOutcome | null
  /** `courses`: only people whom the import enrolled. */
  with?: 'courses' | null
  scope: Scope
  /** Rows after this row number. */
  after: number
  limit: number
}

/**
 * Rows of an import in the order of the file. Both tables are told where the page begins: a merge join that reads one
 * of them from its start each time makes the last page of a million rows cost as much as all before it. The user is
 * looked up LATERAL: right after an import, before there are statistics, a plain join was planned as a scan of all users
 * (measured with 20,000 users: 0.9 s a page, 0.1 s so).
 */
export async function importRows(db: Db | Trx, importId: string, wanted: RowsWanted): Promise<ImportRow[]> {
  const { outcome, with: gain = null, scope, after, limit } = wanted
  const written = outcome !== null && outcome !== 'invalid'
  const mine = scope === null ? sql`true` : sql`u.company_id = ANY (${scope}::uuid[])`
  const person = (target: Target) => sql`
    SELECT u.id, CASE WHEN o.before IS NOT NULL THEN ${today(target)} END AS today
      FROM ${sql.table(target.people)} u WHERE u.id = o.user_id AND ${mine}`
  const { rows } = await sql<ImportRow>`
    SELECT r.row_no AS row, CASE WHEN r.errors IS NOT NULL THEN 'invalid' ELSE o.outcome END AS outcome,
      r.email, r.first_name AS "firstName", r.last_name AS "lastName", u.id AS user,
      ARRAY(SELECT c.title FROM (
          SELECT e.course_id FROM enrolments e WHERE e.user_id = u.id AND e.import_id = r.import_id
          UNION ALL SELECT i.course_id FROM invitation_courses i
            WHERE i.invitation_id = u.id AND i.import_id = r.import_id) w JOIN courses c ON c.id = w.course_id
        ORDER BY c.title) AS courses,
      coalesce(r.errors, '[]'::jsonb) AS errors,
      CASE WHEN o.before IS NOT NULL AND u.id IS NOT NULL THEN (SELECT jsonb_object_agg(b.key,
        jsonb_build_object('from', b.value, 'to', u.today -> b.key)) FROM jsonb_each(o.before) b) END AS changes
    FROM import_rows r
      ${written ? sql`JOIN` : sql`LEFT JOIN`} outcomes o
        ON o.import_id = ${importId} AND o.row_no = r.row_no AND o.row_no > ${after}
      LEFT JOIN LATERAL (${person(users)} UNION ALL ${person(invitations)} LIMIT 1) u ON true
    WHERE r.import_id = ${importId} AND r.row_no > ${after}
      ${written ? sql`AND o.outcome = ${outcome}` : sql``}
      ${outcome === 'invalid' ? sql`AND r.errors IS NOT NULL` : sql``}
      ${gain === 'courses' ? enrolled(importId, wanted) : sql``}
    ORDER BY r.row_no LIMIT ${limit}`.execute(db)
  return rows
}

/**
 * Rows of those whom the import enrolled, or whose invitation enrols them. Each half by itself, so that the planner begins
 * at whichever are fewer: of a million rows a page takes 1 ms where all have courses, and 0.5 s where nobody has (13 s
 * and 9 s with both in one subquery, or looked up row by row).
 */
function enrolled(importId: string, { outcome, after, limit }: RowsWanted): RawBuilder<unknown> {
  // Here, too, so that a half is not full of rows that are not wanted.
  const ofOutcome = outcome === null ? sql`` : sql`AND o.outcome = ${outcome}`
  const half = (table: 'enrolments' | 'invitation_courses', person: string) => sql`(
    SELECT o.row_no FROM outcomes o WHERE o.import_id = ${importId} AND o.row_no > ${after} ${ofOutcome}
      AND EXISTS (SELECT FROM ${sql.table(table)} e WHERE e.${sql.ref(person)} = o.user_id AND e.import_id = ${importId})
    ORDER BY o.row_no LIMIT ${limit})`
  return sql`AND r.row_no IN (${half('enrolments', 'user_id')}
    UNION ALL ${half('invitation_courses', 'invitation_id')})`
}

/** What a person has now, by the field names of before-images. */
const today = (
  target: Target,
) => sql`jsonb_build_object('enabled', u.enabled, 'firstName', u.first_name, 'lastName', u.last_name,
  'company', u.company_id, 'cohort', u.cohort_id, 'language', u.language, 'jobRole', u.job_role, 'region', u.region,
  'description', u.description, 'label', u.label, 'custom', u.custom, 'permissionSet', u.permission_set_id,
  'groups', ${groupsOf(target, sql`u.id`)})`

/** Every row with one of the outcomes, some thousands at a time, in the order of the file. */
export function eachImportRow(
  db: Db,
  importId: string,
  wanted: Pick<RowsWanted, 'outcome' | 'scope'>,
): AsyncGenerator<ImportRow[]> {
  return eachPage((place) => importRows(db, importId, { ...wanted, ...place }))
}
