import { sql } from 'kysely'
import type { Db, Trx } from '../core/database.ts'
import { holdsWords, type NameFilter, type Page } from '../core/page.ts'

const columns = ['id', 'name'] as const

export function findPermissionSet(db: Db | Trx, id: string) {
  return db.selectFrom('permission_sets').select(columns).where('id', '=', id).executeTakeFirst()
}

export function listPermissionSets(db: Db | Trx, { name, q }: NameFilter, page: Page) {
  let query = db.selectFrom('permission_sets').select(columns)
  if (name !== undefined) query = query.where('name', '=', name)
  if (q !== undefined) query = query.where(holdsWords(sql.ref('name'), q))
  if (page.after !== null) query = query.where('id', '>', page.after)
  return query.orderBy('id').limit(page.limit).execute()
}

export function insertPermissionSet(db: Db | Trx, name: string) {
  return db.insertInto('permission_sets').values({ name }).returning(columns).executeTakeFirstOrThrow()
}

export async function renamePermissionSet(db: Db | Trx, id: string, name: string): Promise<void> {
  await db.updateTable('permission_sets').set({ name }).where('id', '=', id).execute()
}

/** @throws the database's 23503 while a person has it */
export async function deletePermissionSet(db: Db | Trx, id: string): Promise<void> {
  await db.deleteFrom('permission_sets').where('id', '=', id).execute()
}
