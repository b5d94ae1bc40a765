import { sql } from 'kysely'
import type { Db } from './database.ts'

/** Names of companies, cohorts, permission sets and groups by id: for display in place of ids. */
export async function namesOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const tables = ['companies', 'cohorts', 'permission_sets', 'groups']
  const each = tables.map((table) => sql`SELECT id, name FROM ${sql.table(table)} WHERE id = ANY (${ids}::uuid[])`)
  const { rows } = await sql<{ id: string; name: string }>`${sql.join(each, sql` UNION ALL `)}`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
