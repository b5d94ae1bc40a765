import { sql } from 'kysely'
import type { Db, Trx } from '../core/database.ts'
import { holdsWords, type NameFilter, type Page, type Scope } from '../core/page.ts'

function visible(db: Db | Trx, scope: Scope) {
  return db
    .selectFrom('companies')
    .select(['id', 'name'])
    .$if(scope !== null, (query) => query.where('id', 'in', scope ?? []))
}

export function findCompany(db: Db | Trx, id: string, scope: Scope) {
  return visible(db, scope).where('id', '=', id).executeTakeFirst()
}

export function listCompanies(db: Db | Trx, scope: Scope, { name, q }: NameFilter, page: Page) {
  let query = visible(db, scope)
  if (name !== undefined) query = query.where('name', '=', name)
  if (q !== undefined) query = query.where(holdsWords(sql.ref('name'), q))
  if (page.after !== null) query = query.where('id', '>', page.after)
  return query.orderBy('id').limit(page.limit).execute()
}

export function insertCompany(db: Db | Trx, name: string) {
  return db.insertInto('companies').values({ name }).returning(['id', 'name']).executeTakeFirstOrThrow()
}

export function renameCompany(db: Db | Trx, id: string, name: string) {
  return db.updateTable('companies').set({ name }).where('id', '=', id).returning(['id', 'name']).executeTakeFirst()
}

/** Deletes its permissions for courses too. @throws the database's 23503 while another row refers to it */
export async function deleteCompany(db: Db | Trx, id: string): Promise<void> {
  await db.deleteFrom('companies').where('id', '=', id).execute()
}

/** Whether an active key is limited to the company. A foreign key cannot check it, because the companies are an array. */
export async function hasKeys(db: Db | Trx, id: string): Promise<boolean> {
  const found = await db
    .selectFrom('api_keys')
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`${id} = ANY (companies)`)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Returns the `ids` that exist within the scope. */
export async function knownCompanies(db: Db | Trx, ids: string[], scope: Scope): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await visible(db, scope).where('id', 'in', ids).execute()
  return new Set(rows.map((row) => row.id))
}
