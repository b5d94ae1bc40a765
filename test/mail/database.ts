import pg from 'pg'
import { createDatabase } from '../../db/database.ts'
import { migrateToLatest } from '../../db/migrate.ts'
export type FreshDatabase = Awaited<ReturnType<typeof freshDatabase>>
export async function freshDatabase() {
  const name = `t${Date.now()}${Math.floor(Math.random() * 1000)}`
  const c = new pg.Client('postgres://postgres@127.0.0.1:5599/postgres')
  await c.connect()
  await c.query(`create database ${name}`)
  await c.end()
  const url = `postgres://postgres@127.0.0.1:5599/${name}`
  await migrateToLatest(url)
  const { db, pool } = createDatabase(url, { connections: 10 })
  return { db, pool, url, close: () => pool.end() }
}
