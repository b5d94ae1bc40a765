import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultReadLimits } from '../../../reading/limits.ts'
import { CsvRows } from '../../../reading/text/csv-rows.ts'

const parts = ['"', '""', ',', '\n', '\r', '\r\n', 'a', ' ', 'é', '語', 'longer than thirteen letters', ';']
const text = fc.array(fc.constantFrom(...parts), { maxLength: 30 }).map((all) => all.join(''))
const slice = fc.integer({ min: 1, max: 40 })

/** What a text is split into when it comes in slices, or what refuses it. */
function split(bytes: Buffer, size: number, limits = defaultReadLimits) {
  const rows = new CsvRows(',', limits)
  const cells: string[][] = []
  try {
    for (let at = 0; at < bytes.byteLength; at += size) cells.push(...rows.split(bytes.subarray(at, at + size)).cells)
    cells.push(...rows.split(null).cells)
    return { cells, row: rows.row, line: rows.line }
  } catch (problem) {
    return { problem }
  }
}

test('any text is split as the widest used parser splits it', () => {
  const lenient = { relax_column_count: true, relax_quotes: true, record_delimiter: ['\r\n', '\n', '\r'] }
  let taken = 0
  fc.assert(
    fc.property(text, slice, (given, size) => {
      const { cells, problem } = split(Buffer.from(given), size)
      // That parser takes text behind a closing mark for a part of the cell; here it refuses the file.
      if (problem !== undefined) return
      taken++
      expect(cells).toEqual(parse(given, lenient))
    }),
    { numRuns: 3_000 },
  )
  expect(taken).toBeGreaterThan(1_000)
})

test('wherever slices end, the rows are the same, and so is what refuses them; to check finds the same', () => {
  const limits = { ...defaultReadLimits, recordBytes: 30, csvRows: 8 }
  fc.assert(
    fc.property(text, slice, (given, size) => {
      const bytes = Buffer.from(given)
      const whole = split(bytes, 1_000, limits)
      expect(split(bytes, size, limits)).toEqual(whole)
      const rows = new CsvRows(',', limits)
      let problem: unknown
      try {
        for (let at = 0; at < bytes.byteLength; at += size) rows.check(bytes.subarray(at, at + size))
        rows.check(null)
      } catch (thrown) {
        problem = thrown
      }
      expect(problem).toEqual(whole.problem)
      if (whole.problem === undefined) expect(rows).toMatchObject({ row: whole.row, line: whole.line })
    }),
    { numRuns: 3_000 },
  )
})

test('rows are counted as a spreadsheet counts them, lines as an editor does', () => {
  const text = 'a\r\n"x\r\ny\rz\n",2\n\n\r"""",b'
  expect(split(Buffer.from(text), 5)).toEqual({
    cells: [['a'], ['x\r\ny\rz\n', '2'], [''], [''], ['"', 'b']],
    row: 6,
    line: 9,
  })
})

test('a cell keeps nothing of the slice that it stood in', () => {
  const cells: string[] = []
  const rows = new CsvRows(',', defaultReadLimits)
  const before = heapInUse()
  for (let index = 0; index < 4_000; index++) {
    const found = rows.split(Buffer.from(`${'x'.repeat(60_000)}\n${index} is kept for long\n`))
    cells.push(found.cells[1]?.[0] ?? '')
  }
  // A part of a string of V8 would keep the whole: 240 MB.
  expect(heapInUse() - before).toBeLessThan(100_000_000)
  expect(cells).toHaveLength(4_000)
})

/** Bytes that are still referenced, without the garbage of this and earlier tests. */
function heapInUse(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}
