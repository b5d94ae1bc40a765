import { expect, test } from 'vitest'
import { problemOf, readAll } from './read-all.ts'

test('a file over its limit of bytes is refused', async () => {
  expect(await problemOf('a,b\n'.repeat(100), { limits: { fileBytes: 399 } })).toMatchObject({ code: 'file-too-large' })
  expect((await readAll('a,b\n'.repeat(100), { limits: { fileBytes: 400 } })).records).toHaveLength(99)
})

test('more rows than the limit are refused, blank ones counted', async () => {
  expect((await readAll('a,b\n1,2\n\n3,4\n', { limits: { csvRows: 4 } })).records).toHaveLength(2)
  expect(await problemOf('a,b\n1,2\n\n3,4\n', { limits: { csvRows: 3 } })).toMatchObject({ code: 'too-many-rows' })
})

test('more columns than the limit are refused', async () => {
  expect(await problemOf('a,b,c\n', { limits: { columns: 2 } })).toMatchObject({
    code: 'too-many-columns',
    row: 1,
    found: '3',
  })
})

test('a cell longer than a spreadsheet can hold is refused with its place', async () => {
  const file = (length: number) => `a,b\n1,2\n3,${'x'.repeat(length)}\n`
  expect((await readAll(file(32_767))).records).toHaveLength(2)
  expect(await problemOf(file(32_768))).toMatchObject({ code: 'cell-too-long', row: 3, column: 'B' })
})

test('a record over its limit of bytes is refused with its row', async () => {
  const file = `a,b,c\n1,2,3\n${`${'x'.repeat(30_000)},`.repeat(3)}\n`
  expect(await problemOf(file)).toMatchObject({ code: 'record-too-long', row: 3 })
  expect((await readAll(file, { limits: { recordBytes: 100_000 } })).records).toHaveLength(2)
})

test('cells without text count, too: a row of nothing but delimiters has an end', async () => {
  const commas = ','.repeat(200_000)
  expect(await problemOf(commas)).toMatchObject({ code: 'record-too-long', row: 1 })
  expect(await problemOf(`a,b\n1,2\n${commas}\n`)).toMatchObject({ code: 'record-too-long', row: 3 })
  expect(await problemOf(`a,b\n${'"",'.repeat(200_000)}`)).toMatchObject({ code: 'record-too-long', row: 2 })
})
