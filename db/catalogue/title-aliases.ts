import { sql } from 'kysely'
import { looseTitle } from '../../domain/people/title.ts'
import type { Db, Trx } from '../core/database.ts'
import { holdsWords, type Page, type Scope } from '../core/page.ts'

export interface NewAlias {
  companyId: string
  title: string
  courseId: string
  /** The only import that the alias is for; null: every import of the company from now on. */
  importId: string | null
  createdBy: string
}

const columns = [
  'id',
  'company_id as company',
  'title',
  'course_id as course',
  'import_id as import',
  'created_by as createdBy',
  'created_at as createdAt',
] as const

function visible(db: Db | Trx, scope: Scope) {
  return db
    .selectFrom('title_aliases')
    .select(columns)
    .$if(scope !== null, (query) => query.where('company_id', 'in', scope ?? []))
}

export function findAlias(db: Db | Trx, id: string, scope: Scope) {
  return visible(db, scope).where('id', '=', id).executeTakeFirst()
}

export interface AliasFilter {
  company?: string | undefined
  course?: string | undefined
  /** Compared loosely, as all titles are (domain/people/title.ts). */
  title?: string | undefined
  import?: string | undefined
  /** Words of the title. */
  q?: string | undefined
}

export function listAliases(db: Db | Trx, scope: Scope, filter: AliasFilter, page: Page) {
  let query = visible(db, scope)
  if (filter.company !== undefined) query = query.where('company_id', '=', filter.company)
  if (filter.course !== undefined) query = query.where('course_id', '=', filter.course)
  if (filter.title !== undefined) query = query.where('title_key', '=', looseTitle(filter.title))
  if (filter.import !== undefined) query = query.where('import_id', '=', filter.import)
  if (filter.q !== undefined) query = query.where(holdsWords(sql.ref('title'), filter.q))
  if (page.after !== null) query = query.where('id', '>', page.after)
  return query.orderBy('id').limit(page.limit).execute()
}

/**
 * Saves a title alias: for this company, the title means the course. It replaces an alias whose title is loosely the
 * same. The caller has checked that the company may use the course.
 *
 * @param alias.title at most 255 characters, because its key must fit an index entry
 * @returns the alias's id, and whether another alias was replaced
 */
export function upsertAlias(trx: Db | Trx, alias: NewAlias): Promise<{ id: string; replaced: boolean }> {
  const { companyId, title, courseId, importId, createdBy } = alias
  return trx
    .insertInto('title_aliases')
    .values({
      company_id: companyId,
      title,
      title_key: looseTitle(title),
      course_id: courseId,
      import_id: importId,
      created_by: createdBy,
    })
    .onConflict((conflict) =>
      conflict.columns(['company_id', 'title_key', 'import_id']).doUpdateSet({
        title,
        course_id: courseId,
        created_by: createdBy,
        created_at: sql<Date>`now()`,
      }),
    )
    .returning(['id', sql<boolean>`old.id IS NOT NULL`.as('replaced')])
    .executeTakeFirstOrThrow()
}

export async function deleteAlias(db: Db | Trx, id: string): Promise<void> {
  await db.deleteFrom('title_aliases').where('id', '=', id).execute()
}
