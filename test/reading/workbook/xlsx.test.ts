import { expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import { bytesSource, openFile } from '../../../reading/index.ts'
import { TextStore } from '../../../reading/workbook/cells/text-store.ts'
import { inPieces, problemOf, readAll, readSheet, readSource, sheetCells, sheetProblem } from '../read-all.ts'
import { sheet, textRow, workbook } from './workbook-writer.ts'

test('a workbook of a common writer with texts, numbers, booleans, dates and several sheets is read', async () => {
  const when = new Date(Date.UTC(2026, 2, 9, 14, 30))
  const data = [
    ['name', 'email', 'phone', 'score', 'enabled', 'since', 'seen'],
    [
      'Zoë & <Ann>',
      'zoe@example.org',
      12_345_678_901,
      0.1 + 0.2,
      true,
      { value: when, format: 'dd.mm.yyyy' },
      { value: when, format: 'yyyy-mm-dd hh:mm' },
    ],
    [null, 'x@example.org', -7, 1e-7, false, { value: new Date(0), format: 'mm/dd/yyyy' }, null],
  ]
  const file = await writeWorkbook([
    { data: [], sheet: 'Empty' },
    { data, sheet: 'Tabelle1' },
  ]).toBuffer()
  const { detection, header, records } = await readAll(file, { fileName: 'people.xlsx' })
  expect(detection).toEqual({
    format: 'xlsx',
    encoding: null,
    delimiter: null,
    sheet: 'Tabelle1',
    sheets: ['Empty', 'Tabelle1'],
    evidence: ['sheet "Tabelle1", the first with data; one of 2 sheets'],
  })
  expect(header).toEqual(data[0])
  expect(records).toEqual([
    {
      row: 2,
      cells: ['Zoë & <Ann>', 'zoe@example.org', '12345678901', '0.3', '1', '2026-03-09', '2026-03-09T14:30:00'],
    },
    { row: 3, cells: ['', 'x@example.org', '-7', '0.0000001', '0', '1970-01-01', ''] },
  ])
})

test('shared strings, rich text, line breaks, escapes and white space are read', async () => {
  const strings = [
    '<si><t>name</t></si>',
    '<si><r><rPr><b/></rPr><t xml:space="preserve">Ann </t></r><r><t>O’Hara</t></r></si>',
    '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>',
    '<si><t xml:space="preserve"> a\r\nb_x000D_c_x005F_x000D_ </t></si>',
    '<si><t>&#128512;&#x20AC;&amp;lt;<![CDATA[<b>]]></t></si>',
    '<si/>',
  ]
  const rows = strings.map((_, index) => `<row r="${index + 1}"><c r="A${index + 1}" t="s"><v>${index}</v></c></row>`)
  expect(await sheetCells(sheet(rows.join(''), { strings: strings.join('') }))).toEqual([
    ['name'],
    ['Ann O’Hara'],
    ['東京'],
    [' a\nb\rc_x000D_ '],
    ['😀€&lt;<b>'],
  ])
})

test('a hyperlinked address is read as the address, with and without its scheme', async () => {
  const xml = `<worksheet><sheetData>${textRow(1, ['email'])}${textRow(2, ['ann@example.org'])}${textRow(3, ['mailto:bob@example.org?subject=Hi'])}
    <row r="4"><c r="A4" t="str"><f>HYPERLINK("mailto:cy@example.org","cy@example.org")</f><v>cy@example.org</v></c></row>
    </sheetData><hyperlinks><hyperlink ref="A2" display="mailto:other@example.org"/></hyperlinks></worksheet>`
  const file = workbook({ sheets: [{ name: 'People', rows: '', xml }] })
  expect(await sheetCells(file)).toEqual([['email'], ['ann@example.org'], ['bob@example.org'], ['cy@example.org']])
})

test('a formula is read as its stored result, and an error or a missing result is a problem of the row', async () => {
  const file = sheet(
    textRow(1, ['a', 'b']) +
      '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>""</f><v></v></c></row>' +
      '<row r="3"><c r="A3"><v>1</v></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>' +
      '<row r="4"><c r="A4"><f>A3</f></c></row>' +
      '<row r="5"><c r="A5" t="b"><f>TRUE()</f><v>1</v></c></row>' +
      '<row r="6"><c r="A6"><f>CONCATENATE("a","b")</f><v /></c><c r="B6"><v>1</v></c></row>',
  )
  const { records } = await readSheet(file)
  expect(records[0]).toEqual({ row: 2, cells: ['2', ''] })
  expect(records[1]).toMatchObject({ row: 3, cells: ['1', '#DIV/0!'], problem: { code: 'formula-error', column: 'B' } })
  expect(records[2]).toMatchObject({
    row: 4,
    cells: ['', ''],
    problem: { code: 'formula-not-calculated', column: 'A' },
  })
  expect(records[3]).toEqual({ row: 5, cells: ['1', ''] })
  // openpyxl writes formulas like this. It does not calculate them.
  expect(records[4]).toMatchObject({
    row: 6,
    cells: ['', '1'],
    problem: { code: 'formula-not-calculated', column: 'A' },
  })
})

test.each([
  ['12345678901', '12345678901'],
  ['1.2345678901E10', '12345678901'],
  ['0.30000000000000004', '0.3'],
  ['1.1000000000000001', '1.1'],
  ['-0.0', '0'],
  ['9007199254740993', '9007199254740990'],
  ['1E-7', '0.0000001'],
  ['1.5E300', '1.5e+300'],
  ['0012', '12'],
])('the stored number %s is read as %s', async (stored, seen) => {
  expect(await sheetCells(sheet(`${textRow(1, ['n'])}<row r="2"><c r="A2"><v>${stored}</v></c></row>`))).toEqual([
    ['n'],
    [seen],
  ])
})

test.each([
  ['yyyy-mm-dd', '46090', '2026-03-09'],
  ['[$-407]d. mmmm yyyy;@', '46090.75', '2026-03-09'],
  ['dd\\.mm\\.yyyy\\ hh:mm', '46090.604166666664', '2026-03-09T14:30:00'],
  ['m/d/yy h:mm AM/PM', '46090', '2026-03-09'],
  ['h:mm:ss', '0.5', '12:00:00'],
  ['yyyy-mm-dd hh:mm:ss.000', '46090.9999999', '2026-03-10'],
  ['[h]:mm', '0.25', '06:00:00'],
  ['[h]:mm', '1.2604166666666667', '30:15:00'],
  ['[hh]:mm:ss;@', '100.5', '2412:00:00'],
  ['[mm]:ss', '1.0416666666666667', '25:00:00'],
  ['[h]:mm', '-1', '-1'],
  ['h:mm', '46090.604166666664', '14:30:00'],
  ['h:mm AM/PM', '1.25', '06:00:00'],
  ['mm:ss.0', '0.99999999', '00:00:00'],
  ['mmm h:mm', '46090.5', '2026-03-09T12:00:00'],
  ['yyyy-mm-dd', '1', '1900-01-01'],
  ['yyyy-mm-dd', '59', '1900-02-28'],
  ['yyyy-mm-dd', '61', '1900-03-01'],
  ['yyyy-mm-dd', '-3', '-3'],
  ['00000', '1067', '01067'],
  ['0000', '12345', '12345'],
  ['0000;-0000;0000;@', '42', '0042'],
  ['&quot;A&quot;0000', '42', 'A0042'],
  ['&quot;A&quot;0000', '123456', 'A123456'],
  ['&quot;A&quot;0000', '-42', '-42'],
  ['&quot;A&quot;0000', '4.5', '4.5'],
  ['\\K\\D\\-00000', '17', 'KD-00017'],
  ['[$-407]&quot;Nr; &quot;000', '7', 'Nr; 007'],
  ['[Blue]000-0000', '5551234', '555-1234'],
  ['000\\-00\\-0000', '12345678', '012-34-5678'],
  ['00.00', '5', '5'],
  ['00&quot;X&quot;', '5', '05X'],
  ['00 &quot;km&quot;', '5', '5'],
  ['&quot;EMP&quot;0', '42', 'EMP42'],
  ['&quot;EUR &quot;0', '42', '42'],
  ['&quot;€&quot;00', '42', '42'],
  ['0 &quot;days&quot;', '42', '42'],
  ['&quot;A&quot;#,##0', '4200', '4200'],
  ['[&lt;=9999999]000-0000;(000) 000-0000', '5551234', '5551234'],
  ['00/00', '0.5', '0.5'],
  ['#,##0.00 &quot;days&quot;', '46090', '46090'],
  ['[Red]0.00E+00', '46090', '46090'],
  ['0%', '0.5', '0.5'],
  ['General', '46090', '46090'],
  ['@', '46090', '46090'],
])('under the format %s, the value %s is read as %s', async (format, stored, seen) => {
  const file = sheet(`${textRow(1, ['d'])}<row r="2"><c r="A2" s="1"><v>${stored}</v></c></row>`, { formats: [format] })
  expect(await sheetCells(file)).toEqual([['d'], [seen]])
})

test('dates of the built-in format, of the 1904 system and of type d are read as ISO 8601', async () => {
  const rows = `${textRow(1, ['d'])}<row r="2"><c r="A2" s="1"><v>44628</v></c></row>`
  expect(await sheetCells(sheet(rows, { date1904: true }))).toEqual([['d'], ['2026-03-09']])
  const typed = `${textRow(1, ['d'])}<row r="2"><c r="A2" t="d"><v>2026-03-09T00:00:00.000Z</v></c></row><row r="3"><c r="A3" t="d"><v>2026-03-09T14:30:00</v></c></row>`
  expect(await sheetCells(sheet(typed))).toEqual([['d'], ['2026-03-09'], ['2026-03-09T14:30:00']])
})

test('rows keep their numbers, and blank rows and formatted empty cells are skipped', async () => {
  const rows = `<row r="2"/>${textRow(3, ['a', 'b'])}<row r="4"><c r="A4" s="1"/><c r="B4"/></row>${textRow(7, ['', 'x'])}<row><c><v>1</v></c></row>`
  const { headerRow, records } = await readSheet(sheet(rows))
  expect(headerRow).toBe(3)
  expect(records).toEqual([
    { row: 7, cells: ['', 'x'] },
    { row: 8, cells: ['1', ''] },
  ])
})

test('a cell beyond the header is a problem of its row', async () => {
  const { records } = await readSheet(sheet(textRow(1, ['a']) + textRow(2, ['1', '2']) + textRow(3, ['3'])))
  expect(records[0]).toMatchObject({ row: 2, cells: ['1', '2'], problem: { code: 'too-many-cells' } })
  expect(records[1]).toEqual({ row: 3, cells: ['3'] })
})

test('elements with a namespace prefix are read, because some libraries write them', async () => {
  const ns = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
  const xml = `<x:worksheet ${ns}><x:sheetData><x:row><x:c t="str"><x:v>a</x:v></x:c></x:row><x:row><x:c t="inlineStr"><x:is><x:t>1</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`
  expect(await sheetCells(workbook({ sheets: [{ name: 'S', rows: '', xml }] }))).toEqual([['a'], ['1']])
})

test('the first visible sheet with data is read, and a hidden sheet only if no other has data', async () => {
  const hidden = { name: 'Lists', rows: textRow(1, ['hidden']), state: 'veryHidden' as const }
  const file = workbook({
    sheets: [hidden, { name: 'Blank', rows: '<row r="1"/>' }, { name: 'People', rows: textRow(1, ['a']) }],
  })
  expect((await readAll(file)).detection).toMatchObject({
    sheet: 'People',
    evidence: ['sheet "People", the first with data; one of 3 sheets'],
  })
  expect((await readAll(workbook({ sheets: [hidden] }))).header).toEqual(['hidden'])
})

test('a sheet can be chosen by its name, and an unknown name is rejected with the known names', async () => {
  const file = workbook({
    sheets: [
      { name: 'Q1 &amp; Q2', rows: textRow(1, ['a']) },
      { name: 'Übersicht', rows: textRow(1, ['b']) },
    ],
  })
  const chosen = await readAll(file, { sheet: 'übersicht' })
  expect(chosen.header).toEqual(['b'])
  expect(chosen.detection.evidence).toEqual(['sheet "Übersicht", as chosen; one of 2 sheets'])
  expect(await problemOf(file, { sheet: 'People' })).toMatchObject({
    code: 'sheet-not-found',
    found: '"Q1 & Q2", "Übersicht"',
  })
})

test('a workbook without any cell has no header', async () => {
  expect(await sheetProblem(sheet(''))).toMatchObject({ code: 'no-header' })
})

test('a workbook with the name of a text file is read, and the evidence says so', async () => {
  const { detection } = await readAll(sheet(textRow(1, ['a'])), { fileName: 'people.csv' })
  expect(detection.evidence[0]).toBe('named .csv, but it is a workbook')
})

test('rows that exceed the message queue arrive in order, however slowly they are consumed', async () => {
  const rows = [...Array(12_000).keys()].map((index) => textRow(index + 1, [`n${index}`]))
  const { batches } = await openFile(bytesSource(sheet(rows.join(''))), { fileName: 'a.xlsx' })
  let expected = 2
  for await (const batch of batches) {
    await new Promise((resolve) => setImmediate(resolve))
    for (const { row, cells } of batch) expect([row, cells]).toEqual([expected, [`n${expected++ - 1}`]])
  }
  expect(expected).toBe(12_001)
})

test('closing a workbook early ends its thread', async () => {
  const rows = [...Array(50_000).keys()].map((index) => textRow(index + 1, [`n${index}`]))
  const file = await openFile(bytesSource(sheet(rows.join(''))), { fileName: 'a.xlsx' })
  for await (const batch of file.batches) if (batch.length > 0) break
  await file.close()
  const unread = await openFile(bytesSource(sheet(rows.join(''))), { fileName: 'a.xlsx' })
  await unread.close()
  expect(process.getActiveResourcesInfo().filter((name) => name === 'MessagePort')).toEqual([])
})

test('a workbook is read correctly from pieces of any size', async () => {
  const file = sheet(textRow(1, ['a']) + textRow(2, ['ä']))
  for (const bytes of [1, 13, file.byteLength - 1]) {
    const pieces = { ...bytesSource(file), open: inPieces(file, bytes) }
    expect((await readSource(pieces)).records).toEqual([{ row: 2, cells: ['ä'] }])
  }
})

test('shared texts are returned unchanged, even across the end of a block of memory', () => {
  const store = new TextStore()
  const texts = [...Array(300).keys()].map((index) => 'añ語😀'.repeat((index * 7919) % 2_000))
  for (const text of texts) store.add(text)
  expect(store.bytes).toBeGreaterThan(2 * 1024 * 1024)
  expect(texts.map((_, index) => store.get(index))).toEqual(texts)
})
