import { Migrator } from 'kysely'
import { createDatabase } from './core/database.ts'
import { initial } from './migrations/0001-initial.ts'

/**
 * Brings a database to the newest schema. Kysely holds an advisory lock meanwhile, so that several processes may
 * call it at once; what is there already is left alone.
 *
 * @throws the first migration's error; the migrations before it stay applied
 */
export async function migrateToLatest(databaseUrl: string): Promise<void> {
  const { db, pool } = createDatabase(databaseUrl, { connections: 2 })
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ '0001-initial': initial }) } })
    const { error } = await migrator.migrateToLatest()
    if (error) throw error
  } finally {
    await pool.end()
  }
}

if (process.argv[1]?.match(/db[\\/]migrate\.[jt]s$/)) {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set: it names the database to migrate.')
  await migrateToLatest(url)
}
