import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FileProblem } from '../../../reading/index.ts'
import { defaultReadLimits } from '../../../reading/limits.ts'
import { CsvParser } from '../../../reading/text/csv-parser.ts'

const parts = ['"', '""', ',', '\n', '\r', '\r\n', 'a', ' ', 'é', '語', 'longer than thirteen letters', ';']
const text = fc.array(fc.constantFrom(...parts), { maxLength: 30 }).map((all) => all.join(''))
const size = fc.integer({ min: 1, max: 40 })

/** Returns the rows of a text that is parsed in slices, or its problem. */
async function split(given: string, sliceBytes: number, limits = defaultReadLimits, blankLines = false) {
  const bytes = Buffer.from(given)
  const parser = new CsvParser({ delimiter: ',', quoted: given.includes('"'), blankLines }, limits)
  const cells: string[][] = []
  try {
    for (let at = 0; at < bytes.byteLength; at += sliceBytes) {
      const rows = await parser.split(bytes.subarray(at, at + sliceBytes))
      expect(rows.first).toBe(cells.length + 1)
      cells.push(...rows.cells)
    }
    cells.push(...(await parser.split(null)).cells)
    return { cells, row: parser.row, line: parser.line }
  } catch (problem) {
    if (!(problem instanceof FileProblem)) throw problem
    return { problem }
  }
}

/** A reference parser for RFC 4180 with lenient line ends. It is written for clarity, not speed. */
function reference(given: string): { cells: string[][] } | { code: string; row: number } {
  const cells: string[][] = []
  let at = 0
  while (at < given.length) {
    const row: string[] = []
    for (;;) {
      const [written = '', quoted] = /^(?:"((?:[^"]|"")*)"(?!")|[^",\r\n][^,\r\n]*|)/.exec(given.slice(at)) ?? []
      at += written.length
      const next = /^(?:,|\r\n|\n|\r|$)/.exec(given.slice(at))?.[0]
      if (next === undefined)
        return { code: quoted === undefined ? 'unclosed-quote' : 'stray-quote', row: cells.length + 1 }
      row.push(quoted?.replaceAll('""', '"') ?? written)
      at += next.length
      if (next !== ',') break
    }
    cells.push(row)
  }
  return { cells }
}

test('any text is split as RFC 4180 defines, or rejected at the row of the problem', async () => {
  let taken = 0
  await fc.assert(
    fc.asyncProperty(text, size, async (given, sliceBytes) => {
      const expected = reference(given)
      const { cells, problem } = await split(given, sliceBytes)
      if ('cells' in expected) {
        taken++
        expect(cells).toEqual(expected.cells)
        return
      }
      expect(problem?.row).toBe(expected.row)
      // A row with both problems is rejected for either of them.
      expect(expected.code === 'stray-quote' ? ['stray-quote', 'unclosed-quote'] : [expected.code]).toContain(
        problem?.code,
      )
    }),
    { numRuns: 3_000 },
  )
  expect(taken).toBeGreaterThan(1_000)
})

test('rows and problems are the same for any slice size', async () => {
  const limits = { ...defaultReadLimits, recordBytes: 30, csvRows: 8 }
  await fc.assert(
    fc.asyncProperty(text, size, async (given, sliceBytes) => {
      expect(await split(given, sliceBytes, limits)).toEqual(await split(given, 1_000, limits))
    }),
    { numRuns: 3_000 },
  )
})

test('skipped blank lines count as rows, except those at the very end', async () => {
  const limits = { ...defaultReadLimits, recordBytes: 30, csvRows: 20 }
  await fc.assert(
    fc.asyncProperty(text, size, async (given, sliceBytes) => {
      const whole = `${given}${given.endsWith('"') ? '",' : ''}z`
      expect(await split(whole, sliceBytes, limits, true)).toEqual(await split(whole, sliceBytes, limits))
    }),
    { numRuns: 3_000 },
  )
  expect(await split('a\n\n\r\nb\n\n\n', 2, defaultReadLimits, true)).toMatchObject({
    cells: [['a'], [''], [''], ['b']],
  })
})

test('rows are counted as in a spreadsheet, and lines as in an editor', async () => {
  expect(await split('a\r\n"x\r\ny\rz\n",2\n\n\r"""",b', 5)).toEqual({
    cells: [['a'], ['x\r\ny\rz\n', '2'], [''], [''], ['"', 'b']],
    row: 6,
    line: 9,
  })
})

test('text after a closing quotation mark is rejected for any start of the cell', async () => {
  for (const cell of ['"x"y', '"""x"y', '""x', '"x""y"z"', '"x\ny" ', '"a"b"c"']) {
    const { problem } = await split(`a,b\n1,${cell},2\n`, 1_000)
    expect(problem).toMatchObject({ code: 'stray-quote', row: 2 })
  }
  expect(await split('"""x""y",1\n""""""\n5" x,"""y"\n', 1_000)).toMatchObject({
    cells: [['"x"y', '1'], ['""'], ['5" x', '"y']],
  })
})

test('the limit of a record counts bytes, cells and an incomplete record', async () => {
  const limits = { ...defaultReadLimits, recordBytes: 30 }
  const code = async (given: string) => (await split(given, 7, limits)).problem?.code
  expect(await code(`a\n${'é'.repeat(15)}\n`)).toBeUndefined()
  expect(await code(`a\n${'é'.repeat(8)},${'é'.repeat(7)}x\n`)).toBe('record-too-long')
  expect(await code(`a\n${','.repeat(29)}\n`)).toBeUndefined()
  expect(await code(`a\n${','.repeat(30)}\n`)).toBe('record-too-long')
  expect(await code(`a\n${','.repeat(1_000)}"`)).toBe('record-too-long')
  expect(await code(`a\n"x\n",${'x'.repeat(30)}\n`)).toBe('unclosed-quote')
})

test('a cell does not keep its slice in memory', async () => {
  const cells: string[] = []
  const parser = new CsvParser({ delimiter: ',', quoted: false, blankLines: false }, defaultReadLimits)
  const before = heapInUse()
  for (let index = 0; index < 2_000; index++) {
    const found = await parser.split(Buffer.from(`${'x'.repeat(60_000)}\n${index} is kept for long\n`))
    cells.push(found.cells.findLast(([cell]) => cell?.endsWith('long'))?.[0] ?? '')
  }
  // V8 keeps the whole string for each substring, which would be 120 MB.
  expect(heapInUse() - before).toBeLessThan(100_000_000)
  expect(cells).toHaveLength(2_000)
})

/** Returns the bytes that are still referenced, without the garbage of this test and earlier ones. */
function heapInUse(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}
