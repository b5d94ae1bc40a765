import { sql } from 'kysely'
import type { Db, Trx } from '../core/database.ts'
import { holdsWords, type NameFilter, type Page, type Scope } from '../core/page.ts'
import { coursesOf, setCoursesOf } from './course-sets.ts'

function visible(db: Db | Trx, scope: Scope) {
  return db.selectFrom('collections').select(['id', 'name', coursesOf('collections', scope).as('courses')])
}

export function findCollection(db: Db | Trx, id: string, scope: Scope) {
  return visible(db, scope).where('id', '=', id).executeTakeFirst()
}

export function listCollections(db: Db | Trx, scope: Scope, { name, q }: NameFilter, page: Page) {
  let query = visible(db, scope)
  if (name !== undefined) query = query.where('name', '=', name)
  if (q !== undefined) query = query.where(holdsWords(sql.ref('name'), q))
  if (page.after !== null) query = query.where('id', '>', page.after)
  return query.orderBy('id').limit(page.limit).execute()
}

export async function insertCollection(trx: Trx, name: string, courses: string[]): Promise<{ id: string }> {
  const made = await trx.insertInto('collections').values({ name }).returning('id').executeTakeFirstOrThrow()
  await setCoursesOf(trx, 'collections', made.id, courses)
  return made
}

/** Writes the given fields. An undefined one keeps its value. @returns whether the collection exists */
export async function updateCollection(
  trx: Trx,
  id: string,
  { name, courses }: { name?: string | undefined; courses?: string[] | undefined },
): Promise<boolean> {
  const held = await trx.selectFrom('collections').where('id', '=', id).select('id').forNoKeyUpdate().executeTakeFirst()
  if (!held) return false
  if (name !== undefined) await trx.updateTable('collections').set({ name }).where('id', '=', id).execute()
  if (courses !== undefined) await setCoursesOf(trx, 'collections', id, courses)
  return true
}

/** Users that it enrolled stay enrolled, with a reason that no longer exists. */
export async function deleteCollection(db: Db | Trx, id: string): Promise<void> {
  await db.deleteFrom('collections').where('id', '=', id).execute()
}
