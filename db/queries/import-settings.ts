import type { Db, Trx } from '../database.ts'
import type { ImportSettings } from '../people/writing.ts'

/** What an import was told to do, or null when there is no such import. */
export async function importSettings(db: Db | Trx, importId: string): Promise<ImportSettings | null> {
  const row = await db
    .selectFrom('imports')
    .select(['options', 'scope', 'fields', 'password_hash', 'contact'])
    .where('id', '=', importId)
    .executeTakeFirst()
  if (!row) return null
  const { password_hash: passwordHash, ...rest } = row
  return { ...rest, passwordHash }
}
