import { describe, expect, test } from 'vitest'
import { openFile } from '../../../reading/index.ts'
import { encoded, inPieces, problemOf, readAll, readCells, readFrom, streamed } from '../read-all.ts'

const table = [
  ['name', 'city'],
  ['Zoë', 'Köln – Deutz'],
  ['Ana’s', '5 €'],
]

describe('encodings', () => {
  test.each(['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1252'] as const)(
    'a file in %s is read as written',
    async (name) => {
      const file = encoded(table.map((row) => row.join(';')).join('\r\n'), name)
      expect(await readCells(file)).toEqual(table)
    },
  )

  test('the evidence names what decided the encoding', async () => {
    const evidence = async (name: Parameters<typeof encoded>[1]) =>
      (await readAll(encoded('name;city\nZoë;Köln\n', name))).detection.evidence[0]
    expect(await evidence('utf-8')).toBe('no byte order mark; all bytes are valid UTF-8')
    expect(await evidence('utf-8-bom')).toBe('byte order mark of UTF-8')
    expect(await evidence('utf-16be')).toBe('byte order mark of UTF-16 (big endian)')
    expect(await evidence('windows-1252')).toBe('no byte order mark; bytes are not valid UTF-8, so Windows-1252')
  })

  test('an invalid byte at the very end of a long file makes the whole file Windows-1252', async () => {
    const text = `name;city\n${'Ann;Oslo\n'.repeat(60_000)}Zoë;Köln\n`
    const { detection, records } = await readFrom(inPieces(encoded(text, 'windows-1252'), 50_000))
    expect(detection.encoding).toBe('windows-1252')
    expect(records.at(-1)).toEqual({ row: 60_002, cells: ['Zoë', 'Köln'] })
  })

  test('all 27 characters that are in Windows-1252 and not in Latin-1 are read', async () => {
    const bytes = [...Array(32).keys()]
      .map((offset) => 0x80 + offset)
      .filter((b) => ![0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(b))
    const [header] = await readCells(Buffer.from([...Buffer.from('a;'), ...bytes]))
    expect(header?.[1]).toBe('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ')
  })

  test('a chosen encoding is used, and the evidence reports a byte order mark that contradicts it', async () => {
    const { detection, header } = await readAll(encoded('Zoë;b', 'utf-8'), { encoding: 'windows-1252' })
    expect(header).toEqual(['ZoÃ«', 'b'])
    expect(detection).toMatchObject({ encoding: 'windows-1252' })
    expect(detection.evidence[0]).toBe('read as Windows-1252, as chosen')
    const marked = await readAll(encoded('a;b', 'utf-8-bom'), { encoding: 'windows-1252' })
    expect(marked.detection.evidence[0]).toContain('although its byte order mark says UTF-8')
  })

  test('UTF-16 without a byte order mark is rejected with advice, and is read when it is chosen', async () => {
    const file = Buffer.from('name;city\nAnn;Oslo\n', 'utf16le')
    expect(await problemOf(file)).toMatchObject({ code: 'nul-character' })
    expect(await readCells(file, { encoding: 'utf-16le' })).toEqual([
      ['name', 'city'],
      ['Ann', 'Oslo'],
    ])
  })

  test('a file that is not in the chosen encoding is rejected at the row of the first invalid byte', async () => {
    const file = encoded('name;city\nAnn;Oslo\nBob;Bern\nZoë;Köln\n', 'windows-1252')
    expect(await problemOf(file, { encoding: 'utf-8' })).toMatchObject({ code: 'invalid-encoding', row: 4 })
    expect(await problemOf(Buffer.from('a;b\nc;d\n\xc3', 'latin1'), { encoding: 'utf-8' })).toMatchObject({
      code: 'invalid-encoding',
    })
    const odd = Buffer.concat([encoded('a;b\nc;d', 'utf-16le'), Buffer.from('x')])
    expect(await problemOf(odd)).toMatchObject({ code: 'invalid-encoding' })
  })
})

describe('delimiters', () => {
  test.each([',', ';', '\t', '|'] as const)('the delimiter %j is detected and reported', async (delimiter) => {
    const file = `${['a', 'b', 'c'].join(delimiter)}\n${['1', 'x y', '3'].join(delimiter)}\n`
    const { detection, records } = await readAll(file)
    expect(detection.delimiter).toBe(delimiter)
    expect(detection.evidence[1]).toMatch(/^3 columns split by .+ in the header and in the next record$/)
    expect(records[0]?.cells).toEqual(['1', 'x y', '3'])
  })

  test('a delimiter that agrees with the rows wins over one that is more frequent in the header', async () => {
    const { detection } = await readAll('name, first, middle, last;city\nAnn;Oslo\nBob;Bern\n')
    expect(detection.delimiter).toBe(';')
  })

  test('delimiters inside quotes do not count', async () => {
    const { detection, header } = await readAll('"a,b,c,d";"e\n,f"\n1;2\n')
    expect(detection.delimiter).toBe(';')
    expect(header).toEqual(['a,b,c,d', 'e\n,f'])
  })

  test('decimal commas do not make the comma the delimiter', async () => {
    expect((await readAll('name;score\nAnn;1,5\nBob;2,5\n')).detection.delimiter).toBe(';')
  })

  test('a "sep=" line sets the delimiter and is not a row, as in Excel', async () => {
    const { detection, headerRow, header, records } = await readAll('\uFEFFsep=|\r\na|b,c\r\n1|2\r\n')
    expect(detection.delimiter).toBe('|')
    expect(detection.evidence).toContain(`a "sep=" line names '|'`)
    expect({ headerRow, header, records }).toEqual({
      headerRow: 1,
      header: ['a', 'b,c'],
      records: [{ row: 2, cells: ['1', '2'] }],
    })
    expect(await readCells(encoded('sep=;\na,b;c\n', 'utf-16le'))).toEqual([['a,b', 'c']])
    expect(await problemOf('sep=^\na^b\n')).toMatchObject({ code: 'delimiter-not-supported' })
  })

  test('a chosen delimiter is used and reported', async () => {
    const { detection, header } = await readAll('a;b,c;d\n1;2,3;4\n', { delimiter: ',' })
    expect(header).toEqual(['a;b', 'c;d'])
    expect(detection.evidence).toContain(`split by ',', as chosen`)
    expect((await readAll('sep=;\na;b,c\n', { delimiter: ',' })).header).toEqual(['a;b', 'c'])
  })

  test('a file with one column is a table', async () => {
    const { detection, header, records } = await readAll('email\nann@example.org\n')
    expect(header).toEqual(['email'])
    expect(records).toEqual([{ row: 2, cells: ['ann@example.org'] }])
    expect(detection.evidence[1]).toBe('one column: no delimiter in the header')
  })
})

describe('lines, quotes and rows', () => {
  test.each(['\n', '\r\n', '\r'])('%j ends a line, whether or not the file ends with one', async (end) => {
    const rows = [
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ]
    const text = rows.map((row) => row.join(',')).join(end)
    expect(await readCells(text)).toEqual(rows)
    expect(await readCells(text + end)).toEqual(rows)
  })

  test('a cell may contain quotes, doubled quotes, delimiters and line breaks', async () => {
    const { records } = await readAll('a,b,c\r\n"x, y","say ""hi""","1\r\n2\n3\r4"\r\n"","",x\r\n')
    expect(records).toEqual([
      { row: 2, cells: ['x, y', 'say "hi"', '1\r\n2\n3\r4'] },
      { row: 3, cells: ['', '', 'x'] },
    ])
  })

  test('cells keep their white space', async () => {
    expect(await readCells(' a ,b\n  x,y \n')).toEqual([
      [' a ', 'b'],
      ['  x', 'y '],
    ])
  })

  test('columns at the end without a header are ignored if all their cells are empty', async () => {
    const { header, records } = await readAll('a;b;; \n1;2;;\n3;4;\n5;6\n7;8;;9\n1;2;;;\n;;;\n')
    expect(header).toEqual(['a', 'b'])
    expect(records.map(({ row, cells, problem }) => [row, cells.length, problem?.code])).toEqual([
      [2, 2, undefined],
      [3, 2, undefined],
      [4, 2, undefined],
      [5, 4, 'too-many-cells'],
      [6, 5, 'too-many-cells'],
    ])
    expect((await readAll('a,,b\n1,2,3\n')).header).toEqual(['a', '', 'b'])
    expect((await readAll(' , \n1,2\n')).header).toEqual([' ', ' '])
  })

  test('blank rows and rows of delimiters are skipped but counted, even above the header', async () => {
    const { headerRow, header, records } = await readAll('\r\n,,\r\na,b\r\n\r\n1,2\r\n,\r\n"",""\r\n3,4\r\n\r\n\r\n')
    expect(headerRow).toBe(3)
    expect(header).toEqual(['a', 'b'])
    expect(records.map(({ row }) => row)).toEqual([5, 8])
  })

  test('the result is the same for every chunk size', async () => {
    const text = 'sep=;\r\n"näme";b\r\n"x\r\n""y""";€\r\r\n\n;\n😀;"z"\r\n'
    for (const name of ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be'] as const) {
      const file = encoded(text, name)
      const whole = await readAll(file)
      expect(whole.records.map(({ cells }) => cells)).toEqual([
        ['x\r\n"y"', '€'],
        ['😀', 'z'],
      ])
      for (const bytes of [1, 2, 3, 5, 7]) expect(await readFrom(inPieces(file, bytes))).toEqual(whole)
    }
  })

  test('hostile headers are plain text in an array', async () => {
    expect((await readAll('__proto__,constructor,toString\n1,2,3\n')).header).toEqual([
      '__proto__',
      'constructor',
      'toString',
    ])
  })

  test('a quotation mark in the middle of a cell is an ordinary character', async () => {
    expect(await readCells('a,b\n5" screen,33°51\'31"N\n x "y" z, "q"\n')).toEqual([
      ['a', 'b'],
      ['5" screen', '33°51\'31"N'],
      [' x "y" z', ' "q"'],
    ])
  })

  test('text after a closing quotation mark is rejected with its row and line', async () => {
    const problem = await problemOf('a,b\n"x\ny",1\n"5" screen,2\n')
    expect(problem).toMatchObject({ code: 'stray-quote', row: 3 })
    expect(problem.message).toContain('Row 3 (line 4)')
    expect(await problemOf('a,b\n"x,1\n"y",2\n')).toMatchObject({ code: 'stray-quote', row: 2 })
  })

  test('an empty file and a file without a header are rejected with different codes', async () => {
    expect(await problemOf('')).toMatchObject({ code: 'empty-file' })
    expect(await problemOf('\uFEFF')).toMatchObject({ code: 'no-header' })
    expect(await problemOf('\n\r\n;;;\n')).toMatchObject({ code: 'no-header' })
    expect(await problemOf('   \n')).toMatchObject({ code: 'no-header' })
  })

  test('a header without rows is a table without records', async () => {
    expect(await readAll('a,b')).toMatchObject({ header: ['a', 'b'], records: [] })
  })

  test('the evidence mentions a file name of a workbook if the file is text', async () => {
    const { detection } = await readAll('a,b\n1,2\n', { fileName: 'people.XLS' })
    expect(detection).toMatchObject({ format: 'csv' })
    expect(detection.evidence[0]).toBe('named .xls, but it holds text')
  })
})

test('closing a file early closes its source, before the first batch and between batches', async () => {
  for (const take of [0, 1]) {
    let open = 0
    const file = await openFile(
      streamed(async function* () {
        open++
        try {
          yield Buffer.from('a,b\n')
          for (let piece = 0; piece < 50; piece++) yield Buffer.from('1,2\n'.repeat(20_000))
        } finally {
          open--
        }
      }),
      { fileName: 'long.csv' },
    )
    if (take > 0) for await (const batch of file.batches) if (batch.length > 0) break
    await file.close()
    await file.close()
    expect(open).toBe(0)
  }
})

test('an error of the source is thrown unchanged', async () => {
  const gone = new Error('the store is gone')
  const open = async function* () {
    yield Buffer.from('a,b\n1,2\n')
    throw gone
  }
  await expect(readFrom(open)).rejects.toBe(gone)
  await expect(readFrom(open, { encoding: 'utf-8' })).rejects.toBe(gone)
})
