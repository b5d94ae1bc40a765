import fc from 'fast-check'
import { expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import { sheetCells } from '../read-all.ts'

/** Texts that XML can contain. The writer under test drops control characters, and a line end in XML is LF. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom('&', '<', '>', '"', "'", ' ', '\n', 'é', '語', '😀', ',', '='),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern matches control characters on purpose
  .filter((cell) => !/[\0-\x09\x0b-\x1f\uFFFE\uFFFF]|_x[0-9a-f]{4}_/i.test(cell) && !/^mailto:/i.test(cell))
const word = fc.stringMatching(/^[a-z]{1,8}$/)

test('any table of texts that a writer puts into a workbook is read back the same', async () => {
  const table = fc.integer({ min: 1, max: 5 }).chain((columns) =>
    fc.tuple(
      fc.array(word, { minLength: columns, maxLength: columns }),
      fc.array(
        fc.array(text, { minLength: columns, maxLength: columns }).filter((row) => row.some((cell) => cell !== '')),
        { maxLength: 6 },
      ),
    ),
  )
  await fc.assert(
    fc.asyncProperty(table, async ([header, rows]) => {
      const file = await writeWorkbook([header, ...rows]).toBuffer()
      expect(await sheetCells(file)).toEqual([header, ...rows])
    }),
    { numRuns: 150 },
  )
})

test('any number is read back as the shortest text of its 15 digits', async () => {
  const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger())
  await fc.assert(
    fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 20 }), async (numbers) => {
      const file = await writeWorkbook([['n'], ...numbers.map((value) => [value])]).toBuffer()
      const [, ...rows] = await sheetCells(file)
      expect(rows.map(([cell]) => Number(cell))).toEqual(numbers.map((value) => Number(value.toPrecision(15)) + 0))
      for (const [cell] of rows) expect(cell).not.toContain('e-')
    }),
    { numRuns: 100 },
  )
})

test('any day from 1900 to 9999 is read back as ISO 8601', async () => {
  const day = fc.date({ min: new Date('1900-03-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  await fc.assert(
    fc.asyncProperty(fc.array(day, { minLength: 1, maxLength: 20 }), async (days) => {
      const cells = days.map((value) => [
        { value: new Date(`${value.toISOString().slice(0, 10)}T00:00:00Z`), format: 'yyyy-mm-dd' },
      ])
      const [, ...rows] = await sheetCells(await writeWorkbook([['d'], ...cells]).toBuffer())
      expect(rows).toEqual(days.map((value) => [value.toISOString().slice(0, 10)]))
    }),
    { numRuns: 50 },
  )
})
