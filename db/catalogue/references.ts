import { sql } from 'kysely'
import type { Enrol, ImportOptions } from '../../domain/imports/options.ts'
import type { Db, Trx } from '../core/database.ts'
import type { Scope } from '../core/page.ts'

/** The options of an import that hold ids. */
export type References = Pick<ImportOptions, 'groups' | 'permissionSet' | 'company' | 'enrol'>

/** An id in the options that exists. `over`: it is a campaign that has ended. */
export interface Reference {
  option: 'groups' | 'permissionSet' | 'company' | `enrol.${keyof Enrol}`
  id: string
  over: boolean
}

/** Returns the ids in an import's options that exist within the scope. */
export async function knownReferences(
  db: Db | Trx,
  { groups, permissionSet, company, enrol }: References,
  scope: Scope,
): Promise<Reference[]> {
  const { courses, collections, campaigns } = enrol ?? { courses: [], collections: [], campaigns: [] }
  const mine = sql`(${scope}::uuid[] IS NULL OR EXISTS (
    SELECT FROM company_courses allowed
     WHERE allowed.course_id = courses.id AND allowed.company_id = ANY (${scope}::uuid[])))`
  const { rows } = await sql<Reference>`
    SELECT 'groups' AS option, id, false AS over FROM groups WHERE id = ANY (${groups}::uuid[])
    UNION ALL
    SELECT 'permissionSet', id, false FROM permission_sets WHERE id = ${permissionSet}::uuid
    UNION ALL
    SELECT 'company', id, false FROM companies
      WHERE id = ${company}::uuid AND (${scope}::uuid[] IS NULL OR id = ANY (${scope}::uuid[]))
    UNION ALL
    SELECT 'enrol.courses', id, false FROM courses WHERE id = ANY (${courses}::uuid[]) AND ${mine}
    UNION ALL
    SELECT 'enrol.collections', id, false FROM collections WHERE id = ANY (${collections}::uuid[])
    UNION ALL
    SELECT 'enrol.campaigns', id, ends_at <= now() FROM campaigns WHERE id = ANY (${campaigns}::uuid[])`.execute(db)
  return rows
}
