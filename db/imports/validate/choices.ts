import { sql } from 'kysely'
import { enrolsExisting, type ImportOptions } from '../../../domain/imports/options.ts'
import type { ClosedCourse, MissingChoice } from '../../../domain/problems/validation-problems.ts'
import type { Trx } from '../../core/database.ts'
import { enrolledCourses } from '../../people/enrol.ts'

const tables = {
  company: 'companies',
  permissionSet: 'permission_sets',
  groups: 'groups',
  'enrol.courses': 'courses',
  'enrol.collections': 'collections',
  'enrol.campaigns': 'campaigns',
} as const

/** Finds choices of the options that no longer exist, and locks all others until the transaction ends. */
export async function missingChoices(trx: Trx, options: ImportOptions): Promise<MissingChoice[]> {
  const { enrol } = options
  const named: Record<keyof typeof tables, string[]> = {
    company: options.company ? [options.company] : [],
    permissionSet: options.permissionSet ? [options.permissionSet] : [],
    groups: options.groups,
    'enrol.courses': enrol?.courses ?? [],
    'enrol.collections': enrol?.collections ?? [],
    'enrol.campaigns': enrol?.campaigns ?? [],
  }
  const missing: MissingChoice[] = []
  for (const [option, table] of Object.entries(tables)) {
    const ids = named[option as keyof typeof tables]
    if (ids.length === 0) continue
    const { rows } = await sql<{ id: string }>`
      SELECT id FROM ${sql.table(table)} WHERE id = ANY (${ids}::uuid[]) FOR KEY SHARE`.execute(trx)
    const there = new Set(rows.map(({ id }) => id))
    missing.push(...ids.filter((id) => !there.has(id)).map((id) => ({ option, id })))
  }
  return missing
}

/**
 * Stores the courses of the option `enrol`, each once. A course that is named itself takes precedence over one of a
 * collection, and that over one of a campaign.
 *
 * @returns the courses that a company may not use. The company is one that the file names, or the company of an existing
 *   user whose row names none. One such course rejects the file.
 */
export async function expandEnrol(
  trx: Trx,
  importId: string,
  options: ImportOptions,
  scope: string[] | null,
): Promise<ClosedCourse[]> {
  const { enrol } = options
  await sql`DELETE FROM import_courses WHERE import_id = ${importId}`.execute(trx)
  if (!enrol) return []
  await sql`
    INSERT INTO import_courses (import_id, course_id, collection_id, campaign_id)
    SELECT ${importId}::uuid, c.course_id, c.collection_id, c.campaign_id FROM (${enrolledCourses(enrol)}) c`.execute(
    trx,
  )
  const { rows } = await sql<ClosedCourse>`
    SELECT DISTINCT CASE WHEN v.seen THEN e.course_id END AS course, CASE WHEN v.seen THEN x.title END AS title,
           e.collection_id AS collection, e.campaign_id AS campaign, c.name AS company
      FROM import_courses e JOIN courses x ON x.id = e.course_id
      CROSS JOIN LATERAL (SELECT ${scope}::uuid[] IS NULL OR EXISTS (SELECT FROM company_courses cc
        WHERE cc.course_id = e.course_id AND cc.company_id = ANY (${scope}::uuid[])) AS seen) v
      CROSS JOIN (
        SELECT n.resolved_id AS id FROM import_refs n
         WHERE n.import_id = ${importId} AND n.kind = 'company' AND n.resolved_id IS NOT NULL
        UNION SELECT u.company_id FROM import_rows r JOIN people u ON u.email_key = r.email_key
         WHERE r.import_id = ${importId} AND r.errors IS NULL AND r.company_ref IS NULL AND ${enrolsExisting(options)}
      ) h JOIN companies c ON c.id = h.id
     WHERE e.import_id = ${importId} AND NOT EXISTS
       (SELECT FROM company_courses cc WHERE cc.company_id = c.id AND cc.course_id = e.course_id)
     ORDER BY company, title`.execute(trx)
  return rows
}
