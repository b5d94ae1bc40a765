import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Connections, createDatabase } from '../../../db/core/database.ts'
import { inTransactionWithRetries } from '../../../db/core/retries.ts'
import { type FreshDatabase, freshDatabase } from '../../support/servers/cluster.ts'

let database: FreshDatabase
let connections: Connections
let attempts = 0

beforeAll(async () => {
  database = await freshDatabase()
  connections = createDatabase(database.url, { connections: 4 })
  await connections.pool.query('CREATE TABLE counters (id int PRIMARY KEY, value int NOT NULL)')
})

beforeEach(async () => {
  attempts = 0
  await connections.pool.query('TRUNCATE counters; INSERT INTO counters VALUES (1, 0), (2, 0)')
})

afterAll(async () => {
  await connections.pool.end()
  await database.drop()
})

/** Adds one to both counters, in the given order, and waits in between until the other transaction holds its first. */
function addToBoth(order: [number, number], met: () => Promise<void>): Promise<void> {
  return inTransactionWithRetries(connections.db, async (trx) => {
    attempts += 1
    await sql`UPDATE counters SET value = value + 1 WHERE id = ${order[0]}`.execute(trx)
    await met()
    await sql`UPDATE counters SET value = value + 1 WHERE id = ${order[1]}`.execute(trx)
  })
}

it('two transactions that deadlock both succeed, and each writes once', async () => {
  let arrived = 0
  let open = () => {}
  const bothHold = new Promise<void>((resolve) => {
    open = resolve
  })
  const met = () => {
    arrived += 1
    if (arrived >= 2) open()
    return bothHold
  }
  await Promise.all([addToBoth([1, 2], met), addToBoth([2, 1], met)])
  const { rows } = await connections.pool.query('SELECT value FROM counters ORDER BY id')
  expect(rows).toEqual([{ value: 2 }, { value: 2 }])
  expect(attempts).toBe(3)
})

it('an error that the data caused is not retried', async () => {
  const insert = inTransactionWithRetries(connections.db, async (trx) => {
    attempts += 1
    await sql`INSERT INTO counters VALUES (1, 0)`.execute(trx)
  })
  await expect(insert).rejects.toMatchObject({ code: '23505' })
  expect(attempts).toBe(1)
})

it('a temporary failure is retried twice, then its error is thrown', async () => {
  const failing = inTransactionWithRetries(connections.db, async (trx) => {
    attempts += 1
    await sql`DO $$ BEGIN RAISE 'busy' USING ERRCODE = '40001'; END $$`.execute(trx)
  })
  await expect(failing).rejects.toMatchObject({ code: '40001' })
  expect(attempts).toBe(3)
})
