import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrateToLatest } from '../../../db/migrate.ts'
import { type FreshDatabase, freshDatabase } from '../../support/servers/cluster.ts'
import { schemaOf } from './schema-of.ts'

type Rows = Record<string, unknown>[]

const releases = (await readdir(import.meta.dirname)).filter((name) => /^released-.*\.sql$/.test(name))

it('the folder contains the dump of at least one release', () => {
  expect(releases).toContain('released-0.1.0.sql')
})

describe.each(releases)('a database of %s', (release) => {
  let database: FreshDatabase
  let released: Map<string, Rows>
  let upgraded: Map<string, Rows>

  beforeAll(async () => {
    database = await freshDatabase('template0')
    await connected(database, async (client) => {
      await client.query(await readFile(join(import.meta.dirname, release), 'utf8'))
    })
    released = await connected(database, dataOf)
    await migrateToLatest(database.url)
    upgraded = await connected(database, dataOf)
  })

  afterAll(() => database.drop())

  it('the dump contains at least one row of every table of its schema', () => {
    const empty = [...released].filter(([, rows]) => rows.length === 0).map(([table]) => table)
    expect(empty).toEqual([])
  })

  it('the upgraded database has the schema of a new one', async () => {
    const fresh = await freshDatabase()
    try {
      expect(await connected(database, schemaOf)).toEqual(await connected(fresh, schemaOf))
    } finally {
      await fresh.drop()
    }
  })

  it('the upgrade keeps every row with its values', () => {
    for (const [table, rows] of released) {
      // An upgrade adds rows to the table of migrations.
      const kept = upgraded.get(table)?.slice(0, rows.length)
      expect(kept, table).toMatchObject(rows)
      if (!table.startsWith('kysely_')) expect(upgraded.get(table), table).toHaveLength(rows.length)
    }
  })

  it('the upgraded database continues to number the history of imports', async () => {
    await connected(database, async (client) => {
      await client.query("UPDATE imports SET status = 'failed'")
      const { rows } = await client.query('SELECT what FROM import_history ORDER BY id DESC LIMIT 1')
      expect(rows).toEqual([{ what: 'failed' }])
    })
  })
})

/** Every row of every table, in a fixed order. */
async function dataOf(client: pg.Client): Promise<Map<string, Rows>> {
  const { rows: tables } = await client.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  )
  const data = new Map<string, Rows>()
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: Rows[number] }>(
      `SELECT to_jsonb(t) AS row FROM ${pg.escapeIdentifier(name)} t ORDER BY t::text`,
    )
    data.set(
      name,
      rows.map(({ row }) => row),
    )
  }
  return data
}

async function connected<Result>(
  database: FreshDatabase,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
