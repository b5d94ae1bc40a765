import { expect, test } from 'vitest'
import { bytesSource, openFile } from '../../../reading/index.ts'
import { START_BYTES } from '../../../reading/limits.ts'
import { inPieces, problemOf, readAll, readFrom, streamed } from '../read-all.ts'

const row = (number: number) => `Näme ${number};"Oslo\n${number}"\n`
const rows = Array.from({ length: 60_000 }, (_, index) => row(index + 2))
const text = `name;city\n${rows.join('')}`
const ports = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort')

test('a long CSV is read in a thread with every row in order, for any size of its pieces', async () => {
  expect(Buffer.byteLength(text)).toBeGreaterThan(START_BYTES)
  const expected = rows.map((_, index) => ({ row: index + 2, cells: [`Näme ${index + 2}`, `Oslo\n${index + 2}`] }))
  for (const bytes of [50_001, 2_000_000]) {
    const { header, headerRow, records, detection } = await readFrom(inPieces(text, bytes))
    expect({ header, headerRow }).toEqual({ header: ['name', 'city'], headerRow: 1 })
    expect(detection).toMatchObject({ format: 'csv', encoding: 'utf-8', delimiter: ';', sheet: null, sheets: null })
    expect(records).toEqual(expected)
  }
  expect(ports()).toEqual([])
})

test('text is read the same with and without a thread', async () => {
  const long = `a;b\n${'1;2\n'.repeat(START_BYTES / 4)}`
  const short = await readAll(long.slice(0, START_BYTES - 4))
  const { records } = await readAll(long)
  expect(short.records.length).toBeGreaterThan(90_000)
  expect(JSON.stringify(records.slice(0, short.records.length))).toBe(JSON.stringify(short.records))
})

test('a problem far into a long CSV is reported with its row and line', async () => {
  const problem = await problemOf(`${text}"x" y;1\n${rows.join('')}`)
  expect(problem).toMatchObject({ name: 'FileProblem', code: 'stray-quote', row: 60_002 })
  expect(problem.message).toContain('(line 120002)')
  expect(ports()).toEqual([])
})

test('closing a long CSV early ends its thread', async () => {
  const file = await openFile(bytesSource(Buffer.from(text)), { fileName: 'a.csv' })
  for await (const batch of file.batches) if (batch.length > 0) break
  await file.close()
  const unread = await openFile(bytesSource(Buffer.from(text)), { fileName: 'a.csv' })
  await unread.close()
  expect(ports()).toEqual([])
})

test('an abort ends a long CSV that is being opened from a silent store, and one that is being read', async () => {
  const silent = new AbortController()
  const open = async function* () {
    yield Buffer.from(text)
    silent.abort(new Error('cancelled'))
    await new Promise<never>(() => {})
  }
  await expect(openFile(streamed(open), { fileName: 'a.csv', signal: silent.signal })).rejects.toThrow('cancelled')
  const later = new AbortController()
  const file = await openFile(bytesSource(Buffer.from(text)), { fileName: 'a.csv', signal: later.signal })
  const reading = async () => {
    for await (const batch of file.batches) if (batch.length > 0) later.abort(new Error('cancelled'))
  }
  await expect(reading()).rejects.toThrow('cancelled')
  expect(ports()).toEqual([])
})

test('an error of the store in a long CSV is thrown unchanged', async () => {
  const gone = new Error('the store is gone')
  const open = async function* () {
    yield Buffer.from(text)
    throw gone
  }
  await expect(readFrom(open)).rejects.toBe(gone)
  expect(ports()).toEqual([])
})
