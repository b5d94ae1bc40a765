import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Delimiter, delimiters } from '../../../reading/index.ts'
import { encoded, inPieces, readFrom } from '../read-all.ts'

/** Characters that a writer has to quote, some that only look like them, and letters of one to four bytes. */
const special = fc.constantFrom(
  ',',
  ';',
  '\t',
  '|',
  '"',
  '\n',
  '\r',
  '\r\n',
  ' ',
  "'",
  'é',
  'ő',
  '語',
  '😀',
  '\u2028',
  '=',
  '﹢',
)
const latin = fc.constantFrom(',', ';', '\t', '|', '"', '\n', '\r\n', ' ', 'é', 'ß', '€', '–', '’', 'a', '1')
const anyCell = fc
  .array(fc.oneof(special, fc.string({ maxLength: 4 })), { maxLength: 6 })
  .map((parts) => parts.join(''))
const latinCell = fc.array(latin, { maxLength: 8 }).map((parts) => parts.join(''))

/**
 * A table with a header, and rows of its width. It has no NUL, which is a problem of its row, and no blank rows, which
 * are skipped by design.
 */
function tableOf(cell: fc.Arbitrary<string>): fc.Arbitrary<string[][]> {
  const clean = cell.filter((text) => !/[\0\uFFFF]/.test(text))
  return fc.integer({ min: 2, max: 6 }).chain((columns) =>
    fc
      .tuple(
        fc.array(
          clean.map((text) => `h${text}`),
          { minLength: columns, maxLength: columns },
        ),
        fc.array(
          fc.array(clean, { minLength: columns, maxLength: columns }).filter((row) => row.some((text) => text !== '')),
          { maxLength: 8 },
        ),
      )
      .map(([header, rows]) => [header, ...rows]),
  )
}

const layout = fc.record({
  delimiter: fc.constantFrom(...delimiters),
  end: fc.constantFrom('\n', '\r\n', '\r'),
  quoted: fc.boolean(),
  piece: fc.constantFrom(1, 3, 64, 100_000),
})

async function readBack(
  table: string[][],
  layoutOf: { delimiter: Delimiter; end: string; quoted: boolean; piece: number },
  name: Parameters<typeof encoded>[1],
) {
  const { delimiter, end, quoted, piece } = layoutOf
  // The writer quotes only cells with its own record delimiter. Cells contain all three, so it needs the other two.
  const text = stringify(table, { delimiter, record_delimiter: end, quoted, quoted_match: /[\r\n]/ })
  const { header, records, detection } = await readFrom(inPieces(encoded(text, name), piece), {
    delimiter,
    ...(name === 'windows-1252' && { encoding: 'windows-1252' as const }),
  })
  expect(records.every(({ problem }) => problem === undefined)).toBe(true)
  expect(records.map(({ row }) => row)).toEqual(records.map((_, index) => index + 2))
  expect([header, ...records.map(({ cells }) => cells)]).toEqual(table)
  return detection
}

test('any table that a conforming writer writes in Unicode is read back the same', async () => {
  const encodings = fc.constantFrom('utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be')
  await fc.assert(
    fc.asyncProperty(tableOf(anyCell), layout, encodings, async (table, how, name) => {
      await readBack(table, how, name as 'utf-8')
    }),
    { numRuns: 400 },
  )
})

test('any table that a conforming writer writes in Windows-1252 is read back the same', async () => {
  await fc.assert(
    fc.asyncProperty(tableOf(latinCell), layout, async (table, how) => {
      await readBack(table, how, 'windows-1252')
    }),
    { numRuns: 200 },
  )
})

test('the delimiter is detected if plain cells contain no other delimiter', async () => {
  const word = fc.stringMatching(/^[a-z]{1,6}$/)
  await fc.assert(
    fc.asyncProperty(tableOf(word), layout, async (table, { delimiter, end, quoted, piece }) => {
      const text = stringify(table, { delimiter, record_delimiter: end, quoted })
      const { detection, header } = await readFrom(inPieces(text, piece))
      expect(detection.delimiter).toBe(delimiter)
      expect(header).toEqual(table[0])
    }),
    { numRuns: 200 },
  )
})

test('any sequence of bytes is either read or rejected with a FileProblem', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom('utf-8', 'windows-1252', 'utf-16be', undefined),
      async (bytes, encoding) => {
        const hints = encoding === undefined ? {} : { encoding: encoding as 'utf-8' }
        const outcome = await readFrom(inPieces(bytes, 7), hints).then(
          () => 'read',
          (error: Error) => error.name,
        )
        expect(['read', 'FileProblem']).toContain(outcome)
      },
    ),
    { numRuns: 500 },
  )
})
