import { type Migration, Migrator } from 'kysely'
import { createDatabase } from './core/database.ts'
import { initial } from './migrations/0001-initial.ts'

/** Every migration by name. They run in the order of their names. */
export const migrations: Record<string, Migration> = { '0001-initial': initial }

/**
 * Brings a database to the newest schema and skips the migrations that it already has. Kysely holds an advisory lock
 * meanwhile, so several processes may call this at once.
 *
 * @throws the first migration's error; the migrations before it stay applied
 */
export async function migrateToLatest(databaseUrl: string): Promise<void> {
  const { db, pool } = createDatabase(databaseUrl, { connections: 2 })
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
    const { error } = await migrator.migrateToLatest()
    if (error) throw error
  } finally {
    await pool.end()
  }
}

if (process.argv[1]?.match(/db[\\/]migrate\.[jt]s$/)) {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set. It names the database to migrate.')
  await migrateToLatest(url)
}
