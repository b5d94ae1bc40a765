import { sql } from 'kysely'
import type { Db, Trx } from '../../core/database.ts'
import type { ImportSettings } from '../../people/write/writing.ts'
import { openRows, type RowRange } from './apply-rows.ts'

const tables = {
  company: 'companies',
  cohort: 'cohorts',
  group: 'groups',
  permissionSet: 'permission_sets',
  course: 'courses',
} as const

/** A reference of the plan that no longer exists. */
export interface Deleted {
  kind: keyof typeof tables
  id: string
  /** As the file names it; null for what the options chose. */
  name: string | null
}

/**
 * Finds references of the open rows and of the options that were deleted after the plan was frozen. Locks all others until
 * the transaction ends (HAZARDS 16). Without this check the database would reject the rows one by one. A deleted group
 * that users only leave is not reported, because it has no members.
 */
export async function deletedReferences(
  db: Db | Trx,
  range: RowRange,
  { options }: Pick<ImportSettings, 'options'>,
): Promise<Deleted[]> {
  const leaves = options.groupsMode === 'remove'
  const { rows: named } = await sql<Deleted>`
    WITH used AS MATERIALIZED (
      SELECT DISTINCT named.ref FROM import_rows source
       CROSS JOIN unnest(source.titles || source.groups || ARRAY[source.company_ref, source.cohort_ref]) AS named (ref)
       WHERE ${openRows(range)}
    )
    SELECT CASE n.kind WHEN 'title' THEN 'course' ELSE n.kind END AS kind, n.resolved_id AS id, min(n.name) AS name
      FROM used JOIN import_refs n ON n.import_id = ${range.importId} AND n.ref = used.ref
     WHERE n.resolved_id IS NOT NULL AND NOT (${leaves}::boolean AND n.kind = 'group') GROUP BY 1, 2
    UNION ALL SELECT 'course', course_id, NULL FROM import_courses WHERE import_id = ${range.importId}
    UNION ALL SELECT 'group', unnest(${leaves ? [] : options.groups}::uuid[]), NULL
    UNION ALL SELECT 'permissionSet', ${options.permissionSet}::uuid, NULL WHERE ${options.permissionSet !== null}`.execute(
    db,
  )
  const deleted: Deleted[] = []
  for (const [kind, table] of Object.entries(tables)) {
    const wanted = named.filter((one) => one.kind === kind)
    if (wanted.length > 0) deleted.push(...(await missing(db, table, wanted)))
  }
  return deleted
}

async function missing(db: Db | Trx, table: string, wanted: Deleted[]): Promise<Deleted[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM ${sql.table(table)} WHERE id = ANY (${wanted.map(({ id }) => id)}::uuid[])
     ORDER BY id FOR KEY SHARE`.execute(db)
  const there = new Set(rows.map(({ id }) => id))
  return wanted.filter(({ id }) => !there.has(id))
}

/**
 * Finds deleted companies, cohorts and groups again by their names in the file. An administrator fixes the import when
 * they create one again under its old name.
 */
export async function findAgain(
  trx: Trx,
  importId: string,
  deleted: readonly Deleted[],
  scope: ImportSettings['scope'],
): Promise<void> {
  const ids = deleted.map(({ id }) => id)
  // In one order: another batch may do the same just now.
  await sql`SELECT FROM import_refs n WHERE n.import_id = ${importId} AND n.resolved_id = ANY (${ids}::uuid[])
    ORDER BY n.ref FOR UPDATE`.execute(trx)
  const lost = (kind: string) => sql`n.import_id = ${importId} AND n.kind = ${kind}
    AND n.resolved_id = ANY (${ids}::uuid[])`
  await sql`UPDATE import_refs n SET resolved_id = c.id FROM companies c WHERE ${lost('company')} AND c.name = n.name
    AND (${scope}::uuid[] IS NULL OR c.id = ANY (${scope}::uuid[]))`.execute(trx)
  await sql`UPDATE import_refs n SET resolved_id = k.id FROM import_refs c, cohorts k WHERE ${lost('cohort')}
    AND c.import_id = n.import_id AND c.ref = n.company_ref AND k.company_id = c.resolved_id
    AND k.name = n.name`.execute(trx)
  await sql`UPDATE import_refs n SET resolved_id = g.id FROM groups g WHERE ${lost('group')} AND g.name = n.name`.execute(
    trx,
  )
}
