import { sql } from 'kysely'
import { enrolsExisting, type ImportOptions } from '../../domain/options.ts'
import type { CellError } from '../../domain/problem.ts'
import type { Db } from '../database.ts'
import { anyDiffers, personValues } from '../person-values.ts'
import { eachPage } from './row-pages.ts'

export const planActions = ['create', 'update', 'skip', 'invalid'] as const
export type PlanAction = (typeof planActions)[number]

export interface PlanRow {
  row: number
  action: PlanAction
  email: string | null
  /** The user who is there already. */
  user: string | null
  /** By API field: what the user has, and what apply will write. References are ids. */
  changes: Record<string, { from: unknown; to: unknown }>
  /** Titles of the courses that the person will newly be enrolled in. */
  courses: string[]
  /** Whether an activation e-mail will go out. */
  sendsEmail: boolean
  errors: CellError[]
}

export interface PlanWanted {
  action: PlanAction | null
  /** Rows after this row number. */
  after: number
  limit: number
}

interface PlannedImport {
  id: string
  options: ImportOptions
  fields: string[]
}

/**
 * What apply will do, row by row, with the expressions with which apply does it. What would change is compared with
 * the users as they are now.
 */
export async function planRows(db: Db, planned: PlannedImport, wanted: PlanWanted): Promise<PlanRow[]> {
  const { id, options, fields } = planned
  const values = personValues(options, fields)
  const changes = values.map(
    ({ column, field, value }) => sql`CASE WHEN u.${sql.ref(column)} IS DISTINCT FROM ${value} THEN
      jsonb_build_object(${field}::text, jsonb_build_object('from', u.${sql.ref(column)}, 'to', ${value})) ELSE '{}' END`,
  )
  const enrolled = enrolsExisting(options) ? sql`true` : sql`m.action IS NULL`
  const action = sql`CASE WHEN r.errors IS NOT NULL THEN 'invalid' ELSE coalesce(m.action, 'create') END`
  const { rows } = await sql<PlanRow>`
    SELECT r.row_no AS row, ${action} AS action, r.email, u.id AS user,
           CASE WHEN m.action = 'update' AND ${anyDiffers(values)} THEN ${sql.join(changes, sql` || `)} ELSE '{}' END
             AS changes,
           CASE WHEN r.errors IS NULL AND ${enrolled} THEN ARRAY(
             SELECT x.title FROM unnest(r.titles) AS t
               JOIN import_refs n ON n.import_id = r.import_id AND n.ref = t JOIN courses x ON x.id = n.resolved_id
              WHERE NOT EXISTS (SELECT FROM enrolments e WHERE e.user_id = u.id AND e.course_id = x.id)
              ORDER BY x.title) ELSE '{}' END AS courses,
           r.errors IS NULL AND m.action IS NULL AND r.enabled AND ${options.sendEmails} AS "sendsEmail",
           coalesce(r.errors, '[]') AS errors
      FROM import_rows r
      LEFT JOIN import_refs c ON c.import_id = r.import_id AND c.ref = r.company_ref
      LEFT JOIN import_refs k ON k.import_id = r.import_id AND k.ref = r.cohort_ref
      LEFT JOIN import_matches m ON m.import_id = r.import_id AND m.row_no = r.row_no
      LEFT JOIN LATERAL (SELECT * FROM users u WHERE u.id = m.user_id LIMIT 1) u ON true
     WHERE r.import_id = ${id} AND r.row_no > ${wanted.after}
       AND (${wanted.action}::text IS NULL OR ${action} = ${wanted.action}::text)
     ORDER BY r.row_no LIMIT ${wanted.limit}`.execute(db)
  return rows
}

/** The whole plan, some thousand rows at a time, in the order of the file. */
export function eachPlanRow(db: Db, planned: PlannedImport): AsyncGenerator<PlanRow[]> {
  return eachPage((place) => planRows(db, planned, { action: null, ...place }))
}
