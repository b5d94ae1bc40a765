import { afterAll, beforeAll, expect, it } from 'vitest'
import { copyLine, copyRows } from '../../../db/core/copy-rows.ts'
import { type Connections, createDatabase } from '../../../db/core/database.ts'
import { type FreshDatabase, freshDatabase } from '../../support/servers/cluster.ts'

let database: FreshDatabase
let connections: Connections

beforeAll(async () => {
  database = await freshDatabase()
  connections = createDatabase(database.url, { connections: 1 })
  await connections.pool.query('CREATE TABLE copied (id int, text text, flag boolean, list int[])')
})

afterAll(async () => {
  await connections.pool.end()
  await database.drop()
})

async function copy(lines: string[]): Promise<void> {
  const client = await connections.pool.connect()
  try {
    await copyRows(client, 'copied', ['id', 'text', 'flag', 'list'], async (write) => {
      for (const line of lines) await write(line)
    })
  } finally {
    client.release()
  }
}

it('a copied row keeps every special character of its texts, and null stays apart from an empty text', async () => {
  const texts = ['tab\there', 'line\nbreak', 'carriage\rreturn', 'back\\slash', '\\N', '\\.', '', null, 'Tóth, “ß” 🎓']
  await copy(texts.map((text, id) => copyLine([id, text, id % 2 === 0, [id, id + 1]])))
  const { rows } = await connections.pool.query('SELECT id, text, flag, list FROM copied ORDER BY id')
  expect(rows).toEqual(texts.map((text, id) => ({ id, text, flag: id % 2 === 0, list: [id, id + 1] })))
})

it('a row that the table does not accept rejects the copy, and the connection can be used again', async () => {
  await expect(copy([copyLine([1, 'x', true, null]), 'not a number\tx\tt\t\\N\n'])).rejects.toMatchObject({
    code: '22P02',
  })
  const { rows } = await connections.pool.query('SELECT 1 AS one')
  expect(rows).toEqual([{ one: 1 }])
})
