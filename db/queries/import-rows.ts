import { sql } from 'kysely'
import type { CellError } from '../../domain/problem.ts'
import type { RowOutcome } from '../../domain/status.ts'
import type { Db, Trx } from '../database.ts'
import type { Scope } from './page.ts'
import { eachPage } from './row-pages.ts'

export interface ImportRow {
  row: number
  outcome: RowOutcome | null
  email: string | null
  firstName: string | null
  lastName: string | null
  /** The user's id, unless the user belongs to a company outside the scope. */
  user: string | null
  /** Titles of the courses that this import enrolled the person in. */
  courses: string[]
  errors: CellError[]
}

export interface RowsWanted {
  /** null: every row. */
  outcome: RowOutcome | null
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
  const { outcome, scope, after, limit } = wanted
  const written = outcome !== null && outcome !== 'invalid'
  const mine = scope === null ? sql`true` : sql`u.company_id = ANY (${scope}::uuid[])`
  const { rows } = await sql<ImportRow>`
    SELECT r.row_no AS row, CASE WHEN r.errors IS NOT NULL THEN 'invalid' ELSE o.outcome END AS outcome,
      r.email, r.first_name AS "firstName", r.last_name AS "lastName", u.id AS user,
      ARRAY(SELECT c.title FROM enrolments e JOIN courses c ON c.id = e.course_id
        WHERE e.user_id = u.id AND e.import_id = r.import_id ORDER BY c.title) AS courses,
      coalesce(r.errors, '[]'::jsonb) AS errors
    FROM import_rows r
      ${written ? sql`JOIN` : sql`LEFT JOIN`} outcomes o
        ON o.import_id = ${importId} AND o.row_no = r.row_no AND o.row_no > ${after}
      LEFT JOIN LATERAL (SELECT u.id FROM users u WHERE u.id = o.user_id AND ${mine} LIMIT 1) u ON true
    WHERE r.import_id = ${importId} AND r.row_no > ${after}
      ${written ? sql`AND o.outcome = ${outcome}` : sql``}
      ${outcome === 'invalid' ? sql`AND r.errors IS NOT NULL` : sql``}
    ORDER BY r.row_no LIMIT ${limit}`.execute(db)
  return rows
}

/** Every row with one of the outcomes, some thousands at a time, in the order of the file. */
export function eachImportRow(
  db: Db,
  importId: string,
  wanted: Pick<RowsWanted, 'outcome' | 'scope'>,
): AsyncGenerator<ImportRow[]> {
  return eachPage((place) => importRows(db, importId, { ...wanted, ...place }))
}
