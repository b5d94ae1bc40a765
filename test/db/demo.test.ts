import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connections, createDatabase } from '../../db/core/database.ts'
import { addDemoData } from '../../db/demo.ts'
import { type FreshDatabase, freshDatabase } from '../support/servers/cluster.ts'

const demo = JSON.parse(readFileSync(join(import.meta.dirname, '../../examples/demo.json'), 'utf8'))

let database: FreshDatabase
let connections: Connections

beforeAll(async () => {
  database = await freshDatabase()
  connections = createDatabase(database.url, { connections: 2, name: 'demo test' })
})
afterAll(async () => {
  await connections.pool.end()
  await database.drop()
})

test('the demo data has a choice for every option, and adding it twice changes nothing', async () => {
  const { pool, db } = connections
  const tables = ['companies', 'cohorts', 'courses', 'company_courses', 'groups', 'permission_sets', 'collections']
  tables.push('collection_courses', 'campaigns', 'campaign_courses', 'custom_fields')
  const all = async () => {
    const found: Record<string, unknown[]> = {}
    for (const table of tables) found[table] = (await pool.query(`SELECT * FROM ${table} ORDER BY 1, 2`)).rows
    return found
  }
  await addDemoData(db, demo)
  const first = await all()
  for (const table of tables) expect(first[table], table).not.toEqual([])
  expect(first.permission_sets).toMatchObject([{ name: 'Learner' }, { name: 'Administrator' }])
  expect(first.custom_fields).toMatchObject([
    { type: 'text' },
    { type: 'choice', choices: ['Day', 'Evening', 'Night'] },
  ])
  await addDemoData(db, demo)
  expect(await all()).toEqual(first)
})

test('adding the demo data leaves a changed collection unchanged', async () => {
  const { pool, db } = connections
  await pool.query(`DELETE FROM collection_courses`)
  await addDemoData(db, demo)
  expect((await pool.query(`SELECT FROM collection_courses`)).rowCount).toBe(0)
})
