import { sql } from 'kysely'
import type { Db, Trx } from '../core/database.ts'
import { holdsWords, type NameFilter, type Page } from '../core/page.ts'

const columns = ['id', 'name'] as const

export function findGroup(db: Db | Trx, id: string) {
  return db.selectFrom('groups').select(columns).where('id', '=', id).executeTakeFirst()
}

export function listGroups(db: Db | Trx, { name, q }: NameFilter, page: Page) {
  let query = db.selectFrom('groups').select(columns)
  if (name !== undefined) query = query.where('name', '=', name)
  if (q !== undefined) query = query.where(holdsWords(sql.ref('name'), q))
  if (page.after !== null) query = query.where('id', '>', page.after)
  return query.orderBy('id').limit(page.limit).execute()
}

export function insertGroup(db: Db | Trx, name: string) {
  return db.insertInto('groups').values({ name }).returning(columns).executeTakeFirstOrThrow()
}

export function renameGroup(db: Db | Trx, id: string, name: string) {
  return db.updateTable('groups').set({ name }).where('id', '=', id).returning(columns).executeTakeFirst()
}

/** @throws the database's 23503 while a person is in it */
export async function deleteGroup(db: Db | Trx, id: string): Promise<void> {
  await db.deleteFrom('groups').where('id', '=', id).execute()
}
