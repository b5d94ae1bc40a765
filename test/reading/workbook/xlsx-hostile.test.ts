import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { bytesSource, openFile } from '../../../reading/index.ts'
import { problemOf, readAll, readSheet, readSource, sheetProblem } from '../read-all.ts'
import { sheet, textRow, workbook } from './workbook-writer.ts'

const header = textRow(1, ['a'])

/** A sheet that exceeds its file by the highest ratio that DEFLATE allows. */
function bomb(mebibytes: number): string {
  return header + '<row><c><v>1</v></c></row>'.repeat((mebibytes * 1024 * 1024) / 26)
}

test('a part that inflates to more than 100 times the file is rejected before it is inflated', async () => {
  const problem = await problemOf(sheet(bomb(40)))
  expect(problem).toMatchObject({ code: 'zip-bomb' })
})

test('a part that inflates to more than its directory claims is rejected while it is inflated', async () => {
  const xml = `<worksheet><sheetData>${bomb(2)}</sheetData></worksheet>`
  const file = workbook({
    sheets: [{ name: 'S', rows: '' }],
    parts: [{ name: 'xl/worksheets/sheet1.xml', content: xml, claimedSize: 5_000 }],
  })
  expect(await sheetProblem(file)).toMatchObject({ code: 'zip-bomb' })
})

test('the limit of inflated bytes applies to all parts together', async () => {
  const strings = `<si><t>${'x'.repeat(30_000)}</t></si>`.repeat(300)
  const file = sheet(bomb(10), { strings })
  expect(await sheetProblem(file)).toMatchObject({ code: 'zip-bomb' })
})

test('a document type definition is rejected in every part', async () => {
  const dtd = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
  const xml = `<?xml version="1.0"?>${dtd}<worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`
  expect(await sheetProblem(workbook({ sheets: [{ name: 'S', rows: '', xml }] }))).toMatchObject({
    code: 'dtd-refused',
  })
  const parts = [{ name: 'xl/styles.xml', content: `${dtd}<styleSheet/>` }]
  expect(await sheetProblem(sheet(header, { parts }))).toMatchObject({ code: 'dtd-refused' })
})

test('an entity that XML does not define stays as it is written', async () => {
  expect((await readSheet(sheet(textRow(1, ['&nbsp;&b;'])))).header).toEqual(['&nbsp;&b;'])
})

test('shared strings with more text than the limit are rejected', async () => {
  const strings = [...Array(2_000).keys()].map((index) => `<si><t>${index}${'x'.repeat(1_000)}</t></si>`).join('')
  const limits = { sharedStringBytes: 1024 * 1024 }
  expect(await sheetProblem(sheet(header, { strings }), limits)).toMatchObject({ code: 'too-many-strings' })
})

test('endless elements, text and nesting are rejected', async () => {
  const endless = (content: string) =>
    sheetProblem(workbook({ sheets: [{ name: 'S', rows: '', xml: `<worksheet><sheetData>${content}` }] }))
  expect(await endless(`<row r="${'1'.repeat(2_000_000)}`)).toMatchObject({ code: 'workbook-too-complex' })
  expect(await endless(`<!-- ${'-'.repeat(2_000_000)}`)).toMatchObject({ code: 'workbook-too-complex' })
  expect(await endless(`<!DOCTYPE ${'x'.repeat(2_000_000)}`)).toMatchObject({ code: 'dtd-refused' })
  expect(await endless(`<row><c t="str"><v>${'x'.repeat(300_000)}</v>`)).toMatchObject({
    code: 'cell-too-long',
    row: 1,
    column: 'A',
  })
  expect(await endless('<a>'.repeat(1_000))).toMatchObject({ code: 'workbook-too-complex' })
  expect(await endless(header)).toMatchObject({ code: 'workbook-damaged' })
})

test('cells, rows, columns and records over their limits are rejected', async () => {
  const long = 'x'.repeat(32_768)
  expect(await sheetProblem(sheet(header + textRow(2, [long])))).toMatchObject({
    code: 'cell-too-long',
    row: 2,
    column: 'A',
  })
  const wide = textRow(2, Array(3).fill('x'.repeat(30_000)))
  expect(await sheetProblem(sheet(header + wide))).toMatchObject({ code: 'record-too-long', row: 2 })
  const far = '<row r="2"><c r="XFD2"><v>1</v></c></row>'
  expect(await sheetProblem(sheet(header + far))).toMatchObject({ code: 'too-many-columns', row: 2 })
  const endless = `<row r="2">${'<c s="1"/>'.repeat(16_385)}</row>`
  expect(await sheetProblem(sheet(header + endless))).toMatchObject({ code: 'too-many-columns', row: 2 })
  const formatted = `<row r="2">${'<c s="1"/>'.repeat(16_384)}</row>`
  expect((await readAll(sheet(header + formatted + textRow(3, ['x'])))).records).toEqual([{ row: 3, cells: ['x'] }])
  expect(await sheetProblem(sheet(header + textRow(1_048_577, ['x'])))).toMatchObject({ code: 'too-many-rows' })
  expect((await readSheet(sheet(header + textRow(1_048_576, ['x'])))).records[0]?.row).toBe(1_048_576)
})

test('references without a target are reported as a damaged workbook', async () => {
  const damaged = { code: 'workbook-damaged' }
  const cell = (xml: string) =>
    sheetProblem(sheet(`${header}<row r="2">${xml}</row>`, { strings: '<si><t>only</t></si>' }))
  for (const index of ['1', '-1', '0.5', 'x', ''])
    expect(await cell(`<c r="A2" t="s"><v>${index}</v></c>`)).toMatchObject(damaged)
  expect(await cell('<c r="B2"><v>1</v></c><c r="A2"><v>2</v></c>')).toMatchObject(damaged)
  expect(await cell('<c r="2"><v>1</v></c>')).toMatchObject(damaged)
  expect(await sheetProblem(sheet(textRow(2, ['a']) + textRow(1, ['b'])))).toMatchObject(damaged)
  const relations = (content: string) =>
    sheetProblem(sheet(header, { parts: [{ name: 'xl/_rels/workbook.xml.rels', content }] }))
  expect(await relations('<Relationships/>')).toMatchObject(damaged)
  for (const target of ['//[', '%ff%fe.xml', 'http://[', '../../../etc/passwd', '']) {
    const sheetAt = `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="${target}"/></Relationships>`
    expect(await relations(sheetAt)).toMatchObject(damaged)
  }
})

test('a workbook that was cut off or overwritten is reported as damaged', async () => {
  const file = sheet(header.repeat(1) + textRow(2, ['x'.repeat(500)]))
  expect(await sheetProblem(file.subarray(0, file.byteLength - 30))).toMatchObject({ code: 'workbook-damaged' })
  const twice = workbook({
    sheets: [{ name: 'S', rows: header }],
    parts: [{ name: 'XL/Styles.xml', content: '<styleSheet/>' }],
  })
  expect(await sheetProblem(twice)).toMatchObject({ code: 'workbook-damaged' })
  for (let at = 40; at < file.byteLength; at += 97) {
    const broken = Buffer.from(file)
    broken.fill(0xee, at, at + 8)
    const outcome = await readSheet(broken).then(
      () => 'read',
      (error: Error) => error.name,
    )
    expect(['read', 'FileProblem']).toContain(outcome)
  }
})

test('a part that is not UTF-8 is reported as a damaged workbook', async () => {
  const xml = Buffer.from(`<worksheet><sheetData>${textRow(1, ['\xe9\xe9'])}</sheetData></worksheet>`, 'latin1')
  const parts = [{ name: 'xl/worksheets/sheet1.xml', content: xml }]
  expect(await sheetProblem(sheet('', { parts }))).toMatchObject({ code: 'workbook-damaged' })
})

test('NUL and unpaired surrogates from escapes are problems of their row', async () => {
  const { records } = await readSheet(
    sheet(header + textRow(2, ['a_x0000_b']) + textRow(3, ['_xD83D_']) + textRow(4, ['_xD83D__xDE00_'])),
  )
  expect(records.map(({ row, problem }) => [row, problem?.code])).toEqual([
    [2, 'nul-character'],
    [3, 'invalid-character'],
    [4, undefined],
  ])
  expect(records[2]?.cells).toEqual(['😀'])
})

test('a workbook over its own limit of bytes is rejected', async () => {
  expect(await problemOf(sheet(header), { limits: { workbookBytes: 500 } })).toMatchObject({ code: 'file-too-large' })
})

test('endless lists are rejected before they fill the heap', async () => {
  const styles = `<styleSheet><cellXfs>${'<xf/>'.repeat(200_000)}</cellXfs></styleSheet>`
  const tooComplex = { code: 'workbook-too-complex' }
  expect(await sheetProblem(sheet(header, { parts: [{ name: 'xl/styles.xml', content: styles }] }))).toMatchObject(
    tooComplex,
  )
  const many = [...Array(10_001).keys()].map((id) => `<Relationship Id="r${id}" Type="x/y" Target="z"/>`).join('')
  const relations = { name: 'xl/_rels/workbook.xml.rels', content: `<Relationships>${many}</Relationships>` }
  expect(await sheetProblem(sheet(header, { parts: [relations] }))).toMatchObject(tooComplex)
  const sheets = [...Array(1_001).keys()].map((id) => ({ name: `S${id}`, rows: '' }))
  expect(await sheetProblem(workbook({ sheets }))).toMatchObject(tooComplex)
  const named = { name: 'x'.repeat(2_000), content: '' }
  expect(await sheetProblem(sheet(header, { parts: [named] }))).toMatchObject({ code: 'workbook-damaged' })
})

test('a long shared text counts once for each of the thousands of cells that repeat it', async () => {
  const rows = header + '<row><c t="s"><v>0</v></c></row>'.repeat(1_000)
  const strings = `<si><t>${'x'.repeat(30_000)}</t></si>`
  expect(await sheetProblem(sheet(rows, { strings }))).toMatchObject({ code: 'zip-bomb' })
})

test('a number format of 500,000 open brackets is read in one pass', async () => {
  const file = sheet(`${header}<row r="2"><c r="A2" s="1"><v>7</v></c></row>`, { formats: ['['.repeat(500_000)] })
  expect((await readAll(file)).records).toEqual([{ row: 2, cells: ['7'] }])
})

test('a shared text in many runs is limited to the length of a cell', async () => {
  const runs = `<r><t>${'x'.repeat(30_000)}</t></r>`.repeat(10)
  expect(await sheetProblem(sheet(header, { strings: `<si>${runs}</si>` }))).toMatchObject({ code: 'cell-too-long' })
})

test('a thread without a message for too long is ended', async () => {
  expect(await problemOf(sheet(header), { limits: { silenceMs: 1 } })).toMatchObject({ code: 'workbook-too-complex' })
})

test('millions of texts without cells to use them are rejected as soon as they are counted or claimed', async () => {
  const strings = '<si/>'.repeat(300_000)
  expect(await sheetProblem(sheet(header, { strings }))).toMatchObject({
    code: 'too-many-strings',
    expected: 'at most 250,010 texts',
  })
  const claimed = `<sst count="4000000000" uniqueCount="4000000000"><si><t>a</t></si></sst>`
  const file = sheet(header, { strings: '', parts: [{ name: 'xl/sharedStrings.xml', content: claimed }] })
  expect(await sheetProblem(file)).toMatchObject({ code: 'too-many-strings' })
})

test('far more text than the cells could use is rejected long before the limit, whatever size a sheet claims', async () => {
  const texts = [...Array(1_400).keys()]
  const strings = texts.map((index) => `<si><t>${index}${'x'.repeat(10_000)}</t></si>`).join('')
  // A part that cannot be compressed allows other parts to inflate to 100 times its size.
  const media = { name: 'xl/media/image.bin', content: randomBytes(2_000_000) }
  const refused = { code: 'too-many-strings', expected: 'at most 12 MiB' }
  expect(await sheetProblem(sheet(header, { strings, parts: [media] }))).toMatchObject(refused)

  const content = `<worksheet><sheetData>${header}</sheetData></worksheet>`
  const claim = { name: 'xl/worksheets/sheet1.xml', content, claimedSize: 100_000_000 }
  expect(await sheetProblem(sheet(header, { strings, parts: [media, claim] }))).toMatchObject(refused)

  const numbers = '<c><v>12345</v></c>'.repeat(10)
  const rows = texts.map((index) => `<row><c t="s"><v>${index}</v></c>${numbers}</row>`).join('')
  const { records } = await readSheet(sheet(rows, { strings, parts: [media] }))
  expect(records.at(-1)?.cells[0]).toHaveLength(10_004)
})

test('any number of texts is read if each cell has one, even if further texts are unused', async () => {
  const cells = [...Array(300_000).keys()]
  const rows = cells.map((index) => `<row><c t="s"><v>${index}</v></c></row>`).join('')
  const strings = [...cells, ...cells.slice(0, 200_000)].map((index) => `<si><t>t${index}</t></si>`).join('')
  const { records } = await readSheet(sheet(rows, { strings }))
  expect(records).toHaveLength(299_999)
  expect(records.at(-1)).toEqual({ row: 300_000, cells: ['t299999'] })
})

test('elements without content are limited in every part', async () => {
  // A part that cannot be compressed allows other parts to inflate to 100 times its size.
  const media = { name: 'xl/media/image.bin', content: randomBytes(2_000_000) }
  const cells = '<c/>'.repeat(15_999)
  const rows = (number: (index: number) => string) =>
    [...Array(751).keys()].map((index) => `<row${number(index + 2)}>${cells}</row>`).join('')
  const tooMuch = { code: 'workbook-too-complex', expected: 'at most 12,000,000 cells without a value' }
  for (const number of [() => '', (row: number) => ` r="${row}"`]) {
    expect(await sheetProblem(sheet(header + rows(number), { parts: [media] }))).toMatchObject(tooMuch)
  }
  for (const name of ['xl/styles.xml', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels']) {
    const listed = { name, content: `<x>${'<c/>'.repeat(3_000_100)}</x>` }
    const problem = await sheetProblem(sheet(header, { parts: [media, listed] }))
    expect(problem, name).toMatchObject({ code: 'workbook-too-complex', expected: undefined })
  }
  const strings = '<c/>'.repeat(12_000_100)
  expect(await sheetProblem(sheet(header, { parts: [media], strings }))).toMatchObject(tooMuch)
})

test('parts that overlap are reported as a damaged workbook, because each byte belongs to at most one part', async () => {
  const file = sheet(header, { parts: [{ name: 'xl/media/image.bin', content: randomBytes(3_000) }] })
  const at = file.lastIndexOf('PK\x01\x02', undefined, 'latin1')
  file.writeUInt32LE(file.byteLength, at + 20)
  expect(await sheetProblem(file)).toMatchObject({ code: 'workbook-damaged' })
})

test('only the needed parts of a workbook are read, not the whole file', async () => {
  const media = { name: 'xl/media/image.bin', content: randomBytes(20 * 1024 * 1024) }
  const file = sheet(header + textRow(2, ['x']), { parts: [media] })
  let given = 0
  const source = {
    ...bytesSource(file),
    async *open() {
      for (let at = 0; at < file.byteLength; at += 65_536) yield counted(at, at + 65_536)
    },
    read: async (start: number, end: number) => counted(start, end),
  }
  const counted = (start: number, end: number) => {
    given += Math.min(end, file.byteLength) - start
    return file.subarray(start, end)
  }
  expect((await readSource(source)).records).toEqual([{ row: 2, cells: ['x'] }])
  expect(given).toBeLessThan(6 * 1024 * 1024)
})

test('an error of the store is thrown unchanged, and bytes that it has lost are reported as a damaged workbook', async () => {
  const file = sheet(header)
  const gone = new Error('the store is gone')
  const failing = { ...bytesSource(file), read: () => Promise.reject(gone) }
  await expect(readSource(failing)).rejects.toBe(gone)
  const short = { ...bytesSource(file), size: file.byteLength + 100 }
  await expect(readSource(short)).rejects.toMatchObject({ code: 'workbook-damaged' })
})

test('an abort ends a workbook that is being opened, and one that is being read', async () => {
  const rows = [...Array(50_000).keys()].map((index) => textRow(index + 1, [`n${index}`])).join('')
  const source = bytesSource(sheet(rows))
  const nobody = new AbortController()
  // The store never returns its first bytes.
  const read = () => {
    nobody.abort(new Error('cancelled'))
    return new Promise<never>(() => {})
  }
  const silent = { ...source, read }
  await expect(openFile(silent, { fileName: 'a.xlsx', signal: nobody.signal })).rejects.toThrow('cancelled')
  const later = new AbortController()
  const file = await openFile(source, { fileName: 'a.xlsx', signal: later.signal })
  const reading = async () => {
    for await (const batch of file.batches) if (batch.length > 0) later.abort(new Error('cancelled'))
  }
  await expect(reading()).rejects.toThrow('cancelled')
  expect(process.getActiveResourcesInfo().filter((name) => name === 'MessagePort')).toEqual([])
})
