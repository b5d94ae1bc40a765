import { sql } from 'kysely'
import type { Db, Trx } from '../core/database.ts'
import type { Page, Scope } from '../core/page.ts'

const columns = ['id', 'name', 'prefix', 'companies', 'contact', 'created_at', 'last_used_at'] as const

/** Finds an active key by the SHA-256 of the key that the client sends. */
export function findKeyByHash(db: Db | Trx, hash: Buffer) {
  return db
    .selectFrom('api_keys')
    .where('hash', '=', hash)
    .where('revoked_at', 'is', null)
    .select(columns)
    .executeTakeFirst()
}

/** Finds an active key by its id. */
export function findKey(db: Db | Trx, id: string) {
  return db
    .selectFrom('api_keys')
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .select(columns)
    .executeTakeFirst()
}

/** Records that a key was used, at most once a minute, so that a busy client does not write a row with each request. */
export async function touchKey(db: Db | Trx, id: string): Promise<void> {
  await db
    .updateTable('api_keys')
    .set({ last_used_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where(({ or, eb }) =>
      or([eb('last_used_at', 'is', null), eb('last_used_at', '<', sql<Date>`now() - interval '1 minute'`)]),
    )
    .execute()
}

export interface NewKey {
  name: string
  prefix: string
  hash: Buffer
  companies: string[] | null
  contact: string | null
}

export function insertKey(db: Db | Trx, key: NewKey) {
  return db.insertInto('api_keys').values(key).returning(columns).executeTakeFirstOrThrow()
}

/** Stores the operator's platform-wide key from the configuration. A revoked one stays revoked. */
export async function registerKey(db: Db | Trx, key: Pick<NewKey, 'name' | 'prefix' | 'hash'>): Promise<void> {
  await db
    .insertInto('api_keys')
    .values({ ...key, companies: null, contact: null })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute()
}

/** The keys whose companies are all in the scope. A platform-wide key is only in the platform-wide scope. */
const within = (scope: Scope) => sql<boolean>`(${scope}::uuid[] IS NULL OR companies <@ ${scope}::uuid[])`

export function listKeys(db: Db | Trx, scope: Scope, page: Page) {
  return db
    .selectFrom('api_keys')
    .where('revoked_at', 'is', null)
    .where(within(scope))
    .$if(page.after !== null, (query) => query.where('id', '>', page.after))
    .select(columns)
    .orderBy('id')
    .limit(page.limit)
    .execute()
}

/** @returns false when the scope has no such key, or the key is already revoked */
export async function revokeKey(db: Db | Trx, id: string, scope: Scope): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('api_keys')
    .set({ revoked_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where(within(scope))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
