import type { Pool } from 'pg'
import { createDatabase, type Db } from '../../db/core/database.ts'
import { freshDatabase } from './servers/cluster.ts'

/** The base of every test world. The other worlds add users, an API or a worker to it. */
export interface TestDatabase {
  url: string
  db: Db
  pool: Pool
  /**
   * Closes the pool and drops the database.
   *
   * @throws when the test left a connection open
   */
  close(): Promise<void>
}

/** Opens a new, empty database with the newest schema, and a pool of up to 12 connections to it. */
export async function openDatabase(): Promise<TestDatabase> {
  const { url, drop } = await freshDatabase()
  const { db, pool } = createDatabase(url, { connections: 12, name: 'test' })
  return {
    url,
    db,
    pool,
    async close() {
      await db.destroy()
      await drop()
    },
  }
}
