import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultReadLimits } from '../../../reading/limits.ts'
import { blankRows } from '../../../reading/workbook/blank-rows.ts'
import { SharedStrings } from '../../../reading/workbook/cells/shared-strings.ts'
import { type SheetRow, SheetRows } from '../../../reading/workbook/sheet-rows.ts'
import { readXml } from '../../../reading/workbook/xml/xml.ts'
import { XmlChunk } from '../../../reading/workbook/xml/xml-chunk.ts'

function chunkOf(xml: string): XmlChunk {
  const chunk = new XmlChunk()
  chunk.take(Buffer.from(xml))
  return chunk
}

/**
 * Returns the rows of a sheet whose XML arrives in pieces of this many bytes, and the number of elements without
 * content.
 */
async function read(xml: string, bytes: number): Promise<{ rows: SheetRow[]; idle: number }> {
  const strings = new SharedStrings(0, { texts: 0, bytes: 0 })
  const handler = new SheetRows({ strings, styles: [], date1904: false, limits: defaultReadLimits, spend: () => {} })
  const whole = Buffer.from(xml)
  async function* source() {
    for (let at = 0; at < whole.byteLength; at += bytes) yield whole.subarray(at, at + bytes)
  }
  const rows: SheetRow[] = []
  for await (const _ of readXml(source(), handler)) rows.push(...handler.takeRows())
  return { rows, idle: handler.idle }
}

const inSheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`
const blank = (row: number, cells: number) => `<row r="${row}" s="1">${'<c s="1"/>'.repeat(cells)}</row>\n`
const valued = (row: number, text: string) => `<row r="${row}"><c r="B${row}" t="str"><v>${text}</v></c></row>`

test('blank rows with only formats are found and counted up to the last one that starts in the chunk', () => {
  const xml = `0"/></row>${blank(2, 3)}${blank(3, 0)}<row r="4"/>${blank(5, 1)}`
  const found = blankRows(chunkOf(xml))
  expect(found).toEqual({ within: 'sheetData', start: 10, end: xml.indexOf('<row r="5"'), elements: 6 })
})

test.each([
  ['a value', valued(3, 'x')],
  ['a formula', '<row r="3"><c><f>1+1</f></c></row>'],
  ['a text in the cell', '<row r="3"><c t="inlineStr"><is><t>x</t></is></c></row>'],
  ['a prefix', '<x:row r="3"/>'],
  ['a comment', '<!-- <row r="3"/> -->'],
  ['an element whose name begins like a row', '<rowBreaks/>'],
  ['an element whose name begins like a cell', '<row r="3"><cell/></row>'],
])('%s between blank rows is not skipped', (_, between) => {
  expect(blankRows(chunkOf(`${blank(2, 1)}${between}${blank(4, 1)}${blank(5, 1)}`))).toBeNull()
})

test('skipping blank rows never ends at a row without a number', async () => {
  const rows = `${blank(7, 1)}<row/><row/><row><c t="str"><v>x</v></c></row>`
  expect((await read(inSheet(rows), 100_000)).rows).toEqual([{ row: 10, cells: ['x'] }])
})

test('elements outside the sheet data that look like rows are parsed like any others', async () => {
  const foreign = '<z><row r="2"><c><row r="3"/><row r="4"/></c></row></z>'
  const xml = `<worksheet>${foreign}<sheetData>${valued(9, 'x')}</sheetData></worksheet>`
  const rows = [{ row: 9, cells: ['', 'x'] }]
  for (let bytes = 1; bytes <= xml.length; bytes++) expect(await read(xml, bytes)).toMatchObject({ rows })
})

test('a sheet gives the same result whether or not its blank rows are skipped', async () => {
  const kinds = fc.oneof(
    fc.record({ kind: fc.constant('blank'), cells: fc.nat(4) }),
    fc.record({ kind: fc.constant('valued'), cells: fc.nat(4) }),
    fc.record({ kind: fc.constant('unnumbered'), cells: fc.nat(4) }),
    fc.record({ kind: fc.constant('self-closing'), cells: fc.constant(0) }),
  )
  const written = fc.array(kinds, { maxLength: 40 }).map((rows) => {
    const xml = rows.map(({ kind, cells }, index) => {
      if (kind === 'valued') return valued(index + 1, `é${cells}`)
      if (kind === 'unnumbered') return `<row>${'<c/>'.repeat(cells)}${cells > 2 ? '<c><v>7</v></c>' : ''}</row>`
      return kind === 'blank' ? blank(index + 1, cells) : `<row r="${index + 1}"/>`
    })
    return inSheet(xml.join(''))
  })
  await fc.assert(
    fc.asyncProperty(written, fc.integer({ min: 60, max: 3_000 }), async (xml, bytes) => {
      expect(await read(xml, bytes)).toEqual(await read(xml, 1))
    }),
    { numRuns: 200 },
  )
})
