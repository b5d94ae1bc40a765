import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { openFile } from '../../reading/index.ts'
import { encoded, inPieces, problemOf, readAll, readFrom, readSheet, sheetProblem, streamed } from './read-all.ts'
import { sheet, textRow } from './workbook/workbook-writer.ts'

/** The numbers are those of the project's list of hazards. Each test title describes its hazard. */

test('hazard 17: an unclosed quote in 65 MB is found within 100 KB after it and reported at the row where it opens', async () => {
  let given = 0
  const line = Buffer.from(`${'Ann,ann@example.org,Oslo\n'.repeat(40_000)}`)
  const open = async function* () {
    yield Buffer.from('name,email,city\nBob,bob@example.org,Bern\n"Cy,cy@example.org,Rome\n')
    for (; given < 65_000_000; given += line.byteLength) yield line
  }
  await expect(readFrom(open)).rejects.toMatchObject({ code: 'unclosed-quote', row: 3 })
  expect(given).toBeLessThan(3_000_000)
  expect(await problemOf('a,b\n1,2\n"x,3\n')).toMatchObject({ code: 'unclosed-quote', row: 3 })
})

test('hazard 17: line breaks in earlier cells do not make a long line an unclosed quote', async () => {
  const long = `a,b,c\n"x\r\ny\r\nz",2,3\n${`${'x'.repeat(30_000)},`.repeat(3)}\n`
  expect(await problemOf(long)).toMatchObject({ code: 'record-too-long', row: 3 })
})

test('hazard 18: a byte order mark never becomes part of the first header, quoted or not', async () => {
  for (const name of ['utf-8-bom', 'utf-16le', 'utf-16be'] as const) {
    expect((await readAll(encoded('email,name\n', name))).header).toEqual(['email', 'name'])
    expect((await readAll(encoded('"email","name"\n', name))).header).toEqual(['email', 'name'])
  }
  expect((await readFrom(inPieces(encoded('email\nx\n', 'utf-8-bom'), 1))).header).toEqual(['email'])
})

test('hazard 18: every guess of an encoding is reported', async () => {
  for (const name of ['utf-8', 'utf-8-bom', 'utf-16le', 'windows-1252'] as const) {
    const { evidence, encoding } = (await readAll(encoded('näme,b\n', name))).detection
    expect(evidence[0]).toMatch(encoding === 'windows-1252' ? /Windows-1252/ : /UTF-/)
  }
})

test.each([
  ['Shift JIS', '8fac97d1'],
  ['Windows-1250 (a Czech name)', '8d6170656b'],
  ['Windows-1251 (a Serbian name)', '90eef0f2'],
])('hazard 18: a file in %s is not valid Windows-1252, and the file and its rows are reported', async (_, hex) => {
  const file = Buffer.concat([
    Buffer.from('name,city\nZo\xeb,Bern\n', 'latin1'),
    Buffer.from(hex, 'hex'),
    Buffer.from(',x\n'),
  ])
  const { detection, records } = await readAll(file)
  expect(detection.evidence[0]).toBe(
    'no byte order mark; bytes are not valid UTF-8, so Windows-1252, but some bytes mean nothing in it: the file is probably in another encoding. Save it as UTF-8 and choose it again',
  )
  expect(records[0]).toEqual({ row: 2, cells: ['Zo\xeb', 'Bern'] })
  expect(records[1]?.problem).toMatchObject({ code: 'invalid-character', column: 'A' })
  expect(records[1]?.problem?.message).toMatch(/another encoding. Save it as UTF-8/)
})

test('hazard 18: an invalid byte at the end of a long file is reported, valid UTF-8 is not, and a header with one rejects the file', async () => {
  const late = Buffer.concat([Buffer.from(`n\xe4me\n${'Ann\n'.repeat(100_000)}`, 'latin1'), Buffer.from([0x81])])
  expect((await readFrom(inPieces(late, 50_000))).detection.evidence[0]).toMatch(/another encoding/)
  expect((await readAll('name\nÁrpád Ő\n')).detection.evidence[0]).toBe('no byte order mark; all bytes are valid UTF-8')
  expect(await problemOf(Buffer.from('n\x81me,\xe4\nAnn,x\n', 'latin1'))).toMatchObject({
    code: 'invalid-encoding',
    row: 1,
    column: 'A',
  })
})

test('hazard 19: a file with semicolons between columns and a comma in its header is split at the semicolons', async () => {
  const { detection, header } = await readAll('Name, Vorname;E-Mail\n"Ott, Ida";ida@example.org\n')
  expect(header).toEqual(['Name, Vorname', 'E-Mail'])
  expect(detection.evidence[1]).toBe("2 columns split by ';' in the header and in the next record")
})

test('hazard 20: no row is lost in a file with mixed line ends', async () => {
  const text = `a,b\r\n${[...Array(300).keys()].map((row) => `${row},x${['\n', '\r', '\r\n'][row % 3]}`).join('')}`
  for (const bytes of [1, 4_000]) {
    const { records } = await readFrom(inPieces(text, bytes))
    expect(records).toEqual([...Array(300).keys()].map((row) => ({ row: row + 2, cells: [String(row), 'x'] })))
  }
})

test('hazard 20: a row with too few or too many cells is a problem with its number, and every other row is read', async () => {
  const { records } = await readAll('a,b,c\n1,2,3\n1,2\n\n1,2,3,4\n1,2,3\n1\n')
  expect(records.map(({ row, problem }) => [row, problem?.code ?? null])).toEqual([
    [2, null],
    [3, 'too-few-cells'],
    [5, 'too-many-cells'],
    [6, null],
    [7, 'too-few-cells'],
  ])
  expect(records[2]).toEqual({
    row: 5,
    cells: ['1', '2', '3', '4'],
    problem: { code: 'too-many-cells', message: 'Row 5 has 4 cells, the header has 3.' },
  })
})

test('hazard 21: duplicate and hostile headers keep all their columns', async () => {
  const { header, records } = await readAll('email,email,__proto__,constructor\na,b,c,d\n')
  expect(header).toEqual(['email', 'email', '__proto__', 'constructor'])
  expect(records[0]?.cells).toEqual(['a', 'b', 'c', 'd'])
})

test('hazard 22: an address is returned exactly as it is written', async () => {
  const { records } = await readAll('email,b\n Ann@EXAMPLE.org ,\n\u212Aim@b\u00fccher.example,x\n')
  expect(records.map(({ cells }) => cells[0])).toEqual([' Ann@EXAMPLE.org ', '\u212Aim@b\u00fccher.example'])
})

test('hazard 13: NUL and unpaired surrogates are problems of their row before they reach the database', async () => {
  expect((await readAll('a,b\n1,x\0y\n2,z\n')).records).toMatchObject([
    { row: 2, problem: { code: 'nul-character', column: 'B' } },
    { row: 3, cells: ['2', 'z'] },
  ])
  const file = Buffer.from('\uFEFFa,b\n1,\uD83D\n2,\uDE00x\n3,\uD83D\uDE00\n', 'utf16le')
  for (const bytes of [1, 2, 3, 1_000]) {
    const { records } = await readFrom(inPieces(file, bytes))
    expect(records.map(({ problem }) => problem?.code)).toEqual(['invalid-character', 'invalid-character', undefined])
    expect(records[2]?.cells).toEqual(['3', '😀'])
  }
  expect(await problemOf('a\0,b\n')).toMatchObject({ code: 'nul-character', row: 1, column: 'A' })
})

test('hazard 23: a workbook of 60 KB that inflates to 60 MB is rejected', async () => {
  const rows = '<row><c><v>1</v></c></row>'.repeat(2_400_000)
  expect(await sheetProblem(sheet(rows))).toMatchObject({ code: 'zip-bomb' })
})

test('hazard 23: long numbers, linked addresses and stored results of formulas are read as text', async () => {
  const file = sheet(
    textRow(1, ['phone', 'email', 'sum']) +
      '<row r="2"><c r="A2"><v>4.912345678901E12</v></c><c r="B2" t="inlineStr"><is><t>mailto:a@example.org</t></is></c><c r="C2"><f>1+2</f><v>3</v></c></row>',
  )
  expect((await readSheet(file)).records[0]?.cells).toEqual(['4912345678901', 'a@example.org', '3'])
})

test('hazard 24: text that a spreadsheet could run as a formula is returned unchanged, because the export escapes it', async () => {
  const { records } = await readAll('a,b\n=1+1,@x\n+1,"\t-1"\n')
  expect(records.map(({ cells }) => cells)).toEqual([
    ['=1+1', '@x'],
    ['+1', '\t-1'],
  ])
})

test('hazard 25: no problem quotes the content of a cell', async () => {
  const secret = 'ann.secret@example.org'
  const files = [
    `a,b\n1,"${secret}\n`,
    `a,b\n1,"${secret}"x\n`,
    `a,b\n1,${secret.repeat(3_000)}\n`,
    `a,b\n1,"${`${secret}\n`.repeat(4_000)}\n`,
    Buffer.from(`a,b\n1,${secret}\xff\n`, 'latin1'),
  ]
  for (const file of files) {
    const problem = await problemOf(file, { encoding: 'utf-8' })
    expect(problem).toMatchObject({ name: 'FileProblem', row: 2 })
    expect(JSON.stringify({ ...problem, message: problem.message, stack: problem.stack })).not.toContain('secret@')
    expect(problem.cause).toBeUndefined()
  }
})

test('hazard 30: accents survive a cut at any byte of a chunk', async () => {
  const text = `näme,x\n${'Zoë Ő 語 😀,é\n'.repeat(2_000)}`
  for (const bytes of [7, 13, 1_021]) {
    const { records } = await readFrom(inPieces(text, bytes))
    expect(records).toHaveLength(2_000)
    expect(new Set(records.map(({ cells }) => cells.join()))).toEqual(new Set(['Zoë Ő 語 😀,é']))
  }
})

test('hazards: a batch is bounded even if the source arrives in one piece', async () => {
  const whole = Buffer.from(`a,b\n${'1,2\n'.repeat(500_000)}`)
  const file = await openFile(
    streamed(async function* () {
      yield whole
    }),
    { fileName: 'a.csv' },
  )
  let largest = 0
  for await (const batch of file.batches) largest = Math.max(largest, batch.length)
  expect(largest).toBeLessThan(20_000)
})
