import { createDatabase, type Db } from '../../db/core/database.ts'
import { freshDatabase } from './cluster.ts'

export interface TestDatabase {
  db: Db
  /** Closes the pool and drops the database; throws when a connection leaked. */
  close(): Promise<void>
}

/** A database of its own for a test file, with a pool on it. */
export async function openDatabase(): Promise<TestDatabase> {
  const fresh = await freshDatabase()
  const { db } = createDatabase(fresh.url, { connections: 10, name: 'test' })
  return {
    db,
    close: async () => {
      await db.destroy()
      await fresh.drop()
    },
  }
}
