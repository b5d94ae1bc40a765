import { expect, test } from 'vitest'
import { bytesSource, openFile } from '../../../reading/index.ts'
import { encoded, inPieces, problemOf, readAll, readFrom } from '../read-all.ts'

test('a file over the limit of bytes is rejected', async () => {
  expect(await problemOf('a,b\n'.repeat(100), { limits: { fileBytes: 399 } })).toMatchObject({ code: 'file-too-large' })
  expect((await readAll('a,b\n'.repeat(100), { limits: { fileBytes: 400 } })).records).toHaveLength(99)
})

test('a file with more rows than the limit is rejected, and blank rows count', async () => {
  expect((await readAll('a,b\n1,2\n\n3,4\n', { limits: { csvRows: 4 } })).records).toHaveLength(2)
  expect(await problemOf('a,b\n1,2\n\n3,4\n', { limits: { csvRows: 3 } })).toMatchObject({ code: 'too-many-rows' })
})

test('a file with more columns than the limit is rejected', async () => {
  expect(await problemOf('a,b,c\n', { limits: { columns: 2 } })).toMatchObject({
    code: 'too-many-columns',
    row: 1,
    found: '3',
  })
})

test('a cell longer than a spreadsheet allows is rejected with its row and column', async () => {
  const file = (length: number) => `a,b\n1,2\n3,${'x'.repeat(length)}\n`
  expect((await readAll(file(32_767))).records).toHaveLength(2)
  expect(await problemOf(file(32_768))).toMatchObject({ code: 'cell-too-long', row: 3, column: 'B' })
})

test('a record over the limit of bytes is rejected with its row', async () => {
  const file = `a,b,c\n1,2,3\n${`${'x'.repeat(30_000)},`.repeat(3)}\n`
  expect(await problemOf(file)).toMatchObject({ code: 'record-too-long', row: 3 })
  expect((await readAll(file, { limits: { recordBytes: 100_000 } })).records).toHaveLength(2)
})

test('empty cells count towards the limit, so a row of only delimiters is rejected', async () => {
  const commas = ','.repeat(200_000)
  expect(await problemOf(commas)).toMatchObject({ code: 'record-too-long', row: 1 })
  expect(await problemOf(`a,b\n1,2\n${commas}\n`)).toMatchObject({ code: 'record-too-long', row: 3 })
  expect(await problemOf(`a,b\n${'"",'.repeat(200_000)}`)).toMatchObject({ code: 'record-too-long', row: 2 })
})

test.each(['\n', '\r\n', '\r', '\n\r\r'])('blank lines of %j are counted wherever the file is cut', async (blank) => {
  const lines = (text: string) => text.replace(/\r\n|\r/g, '\n').split('\n').length - 1
  const middle = `\n${blank.repeat(70_000)}`
  const text = `a,b\n1,"x\ny"${middle}3,4\n"",""${middle}5,6`
  for (const piece of [1_000, 65_536, 65_537, text.length]) {
    const { records } = await readFrom(inPieces(text, piece), { encoding: 'utf-8' })
    expect(records).toEqual([
      { row: 2, cells: ['1', 'x\ny'] },
      { row: 2 + lines(middle), cells: ['3', '4'] },
      { row: 3 + lines(middle) * 2, cells: ['5', '6'] },
    ])
  }
})

test('line breaks in a cell are not blank lines, however many there are', async () => {
  const problem = await problemOf(`a,b\n1,2\n"x${'\n'.repeat(200_000)}`)
  expect(problem).toMatchObject({ code: 'unclosed-quote', row: 3 })
})

test.each([
  ['blank lines', '\n', undefined],
  ['blank lines, of which each is a carriage return', '\r', undefined],
  ['blank lines in UTF-16', '\n', 'utf-16le'],
  ['blank lines below a quoted cell', '\n', 'quoted'],
])('a file with endless %s is rejected before most of it is read', async (_, line, how) => {
  const start = how === 'quoted' ? '"a",b\n' : 'a,b\n'
  const encode = (text: string) => (how === 'utf-16le' ? Buffer.from(text, 'utf16le') : Buffer.from(text))
  let given = 0
  const open = async function* () {
    yield how === 'utf-16le' ? encoded(start, 'utf-16le') : encode(start)
    // Detection reads the file to its end only if lines may belong to one cell. The next pass stops before the end.
    given = 0
    for (const chunk = encode(line.repeat(100_000)); given < 100; given++) yield chunk
  }
  const limits = { csvRows: 250_000 }
  await expect(readFrom(open, { limits })).rejects.toMatchObject({ code: 'too-many-rows' })
  expect(given).toBeLessThan(6)
})

test.each([
  ['a byte order mark', 'utf-8-bom' as const, {}],
  ['a byte order mark of UTF-16', 'utf-16be' as const, {}],
  ['an encoding that was chosen', 'windows-1252' as const, { encoding: 'windows-1252' as const }],
])('a file with %s is checked to its end before any row is returned', async (_, encoding, hints) => {
  const lines = (count: number) => encoded(`ä,b\n${'1,2\n'.repeat(count)}`, encoding)
  const limits = { csvRows: 100_000 }
  const open = (file: Buffer) => openFile(bytesSource(file), { fileName: 'x.csv', ...hints, limits })
  await expect(open(lines(100_001))).rejects.toMatchObject({ code: 'too-many-rows' })
  expect((await readAll(lines(99_999), { ...hints, limits })).records).toHaveLength(99_999)
  if (encoding === 'windows-1252') return
  const cut = Buffer.concat([lines(90_000), Buffer.of(encoding === 'utf-8-bom' ? 0xff : 0x00)])
  await expect(open(cut)).rejects.toMatchObject({ code: 'invalid-encoding', row: 90_002 })
})

test('too many lines are rejected while the encoding is detected, unless some of them may be one row', async () => {
  const limits = { csvRows: 1_000 }
  const rows = (start: string, count: number) => `${start}${'1,2\n'.repeat(count)}`
  let given = 0
  const open = async function* () {
    for (yield Buffer.from(rows('a,b\n', 70_000)); given < 100; given++) yield Buffer.from(rows('', 100_000))
  }
  await expect(readFrom(open, { limits: { csvRows: 300_000 } })).rejects.toMatchObject({ code: 'too-many-rows' })
  expect(given).toBeLessThan(5)
  expect((await readAll(rows('sep=,\na,b\n', 999), { limits })).records).toHaveLength(999)
  expect(await problemOf(rows('sep=,\na,b\n', 1_000), { limits })).toMatchObject({ code: 'too-many-rows' })
  expect((await readAll(rows(`a,b\n1,"${'\n'.repeat(2_000)}"\n`, 10), { limits })).records).toHaveLength(11)
})
