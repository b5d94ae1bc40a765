import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connections, createDatabase } from '../../../db/core/database.ts'
import { fileSource } from '../../../db/files/file-source.ts'
import { storeFile } from '../../../db/files/files.ts'
import { CHUNK_BYTES } from '../../../domain/imports/limits.ts'
import { type FreshDatabase, freshDatabase } from '../../support/servers/cluster.ts'

let database: FreshDatabase
let connections: Connections

beforeAll(async () => {
  database = await freshDatabase()
  connections = createDatabase(database.url, { connections: 3, name: 'file source test' })
})
afterAll(async () => {
  await connections.pool.end()
  await database.drop()
})

async function stored(bytes: Buffer): Promise<string> {
  const source = (async function* () {
    if (bytes.byteLength > 0) yield bytes
  })()
  return (await storeFile(connections.db, { name: 'x.csv', source, maxBytes: bytes.byteLength })).fileId
}

test.each([0, 1, 7, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 12_345])(
  'a file of %i bytes is read as it was stored, from its start and from any place',
  async (size) => {
    const bytes = randomBytes(size)
    const file = await fileSource(connections.pool, await stored(bytes))
    expect(file.size).toBe(size)
    expect((await buffer(file.open())).equals(bytes)).toBe(true)
    const edges = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, size - 1, size]
    for (const start of edges.filter((edge) => edge >= 0 && edge < size)) {
      for (const end of edges.filter((edge) => edge > start && edge <= size)) {
        const range = await file.read(start, end)
        expect(range.equals(bytes.subarray(start, end)), `${start} to ${end}`).toBe(true)
      }
    }
  },
)

test('a read past the end or of a missing chunk returns fewer bytes', async () => {
  const bytes = randomBytes(2 * CHUNK_BYTES + 10)
  const fileId = await stored(bytes)
  const file = await fileSource(connections.pool, fileId)
  const beyond = await file.read(2 * CHUNK_BYTES + 4, 2 * CHUNK_BYTES + 100)
  expect(beyond.equals(bytes.subarray(2 * CHUNK_BYTES + 4))).toBe(true)
  expect((await file.read(5 * CHUNK_BYTES, 6 * CHUNK_BYTES)).byteLength).toBe(0)

  await connections.pool.query('DELETE FROM file_chunks WHERE file_id = $1 AND seq = 1', [fileId])
  const cut = await file.read(CHUNK_BYTES - 5, 2 * CHUNK_BYTES + 5)
  expect(cut.equals(bytes.subarray(CHUNK_BYTES - 5, CHUNK_BYTES))).toBe(true)
  expect((await buffer(file.open())).equals(bytes.subarray(0, CHUNK_BYTES))).toBe(true)
})

test('a reader that stops or is slow holds no connection', async () => {
  const file = await fileSource(connections.pool, await stored(randomBytes(3 * CHUNK_BYTES)))
  for (let reader = 0; reader < 5; reader++) {
    for await (const piece of file.open()) {
      expect(piece.byteLength).toBeGreaterThan(0)
      break
    }
  }
  const slow = [file.open(), file.open(), file.open()]
  for (const reader of slow) expect((await reader.next()).done).toBe(false)
  expect(connections.pool.idleCount).toBe(connections.pool.totalCount)
  expect((await connections.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
})

test('a lost connection is an error for the reader, and the next read uses another connection', async () => {
  const bytes = randomBytes(CHUNK_BYTES)
  const file = await fileSource(connections.pool, await stored(bytes))
  const blocker = await connections.pool.connect()
  try {
    await blocker.query('BEGIN')
    await blocker.query('LOCK TABLE file_chunks IN ACCESS EXCLUSIVE MODE')
    const reading = file.read(0, 10)
    const failed = expect(reading).rejects.toThrow(/terminat/i)
    const waiting = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                      WHERE datname = current_database() AND wait_event_type = 'Lock'`
    while ((await connections.pool.query(waiting)).rowCount === 0);
    await failed
    await blocker.query('ROLLBACK')
  } finally {
    blocker.release()
  }
  expect((await file.read(0, 10)).equals(bytes.subarray(0, 10))).toBe(true)
})
