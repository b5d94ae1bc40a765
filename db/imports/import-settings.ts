import type { Selectable } from 'kysely'
import type { Db, Trx } from '../core/database.ts'
import type { ImportSettings } from '../people/write/writing.ts'
import type { ImportsTable } from '../tables/imports.ts'

/** Reads the settings of an import, or null when there is no such import. */
export async function importSettings(db: Db | Trx, importId: string): Promise<ImportSettings | null> {
  const row = await db
    .selectFrom('imports')
    .select(['options', 'scope', 'fields', 'password_hash', 'contact'])
    .where('id', '=', importId)
    .executeTakeFirst()
  return row ? settingsOf(row) : null
}

type SettingsRow = Pick<Selectable<ImportsTable>, 'options' | 'scope' | 'fields' | 'password_hash' | 'contact'>

/** Returns the settings from a row of `imports`. */
export function settingsOf({ options, scope, fields, password_hash, contact }: SettingsRow): ImportSettings {
  return { options, scope, fields, passwordHash: password_hash, contact }
}
