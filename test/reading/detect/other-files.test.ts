import { expect, test } from 'vitest'
import { bytesSource, openFile } from '../../../reading/index.ts'
import { problemOf, readAll, readFrom } from '../read-all.ts'
import { sheet, textRow } from '../workbook/workbook-writer.ts'
import { zip } from '../workbook/zip-writer.ts'

/**
 * An OLE file ([MS-CFB]) of empty sectors and a directory that starts in sector 150. Its further sectors are not
 * contiguous.
 */
function ole(...names: string[]): Buffer {
  const file = Buffer.alloc(512 * 1_000)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file)
  file.writeUInt16LE(9, 30)
  file.writeUInt32LE(150, 48)
  const tables = [1, 2, 3]
  tables.forEach((sector, index) => {
    file.writeUInt32LE(sector, 76 + index * 4)
  })
  for (let sector = 150, left = [...names]; left.length > 0; sector += 100) {
    for (const [index, name] of left.splice(0, 4).entries()) {
      const at = 512 * (sector + 1) + index * 128
      file.write(name, at, 'utf16le')
      file.writeUInt16LE(name.length * 2 + 2, at + 64)
    }
    const table = 512 * ((tables[Math.floor(sector / 128)] ?? 0) + 1)
    file.writeUInt32LE(left.length > 0 ? sector + 100 : 0xfffffffe, table + (sector % 128) * 4)
  }
  return file
}

const utf16Html = Buffer.from('\uFEFF<html><table><tr><td>a</td></tr></table></html>', 'utf16le')

test.each<[string, Buffer | string, string]>([
  ['a PDF', '%PDF-1.7\n1 0 obj', 'file-is-pdf'],
  ['an old .xls', ole('Root Entry', 'Workbook'), 'file-is-old-xls'],
  ['a very old .xls', ole('Root Entry', 'Book'), 'file-is-old-xls'],
  ['an encrypted workbook', ole('Root Entry', 'EncryptionInfo', 'EncryptedPackage'), 'workbook-encrypted'],
  ['a .doc', ole('Root Entry', 'WordDocument'), 'file-is-other-office'],
  ['another OLE file', ole('Root Entry'), 'not-a-spreadsheet'],
  ['HTML renamed to .xls', '\uFEFF\r\n<table border="1"><tr><td>name</td></tr></table>', 'file-is-html'],
  ['an HTML page', '<!DOCTYPE html><html><body></body></html>', 'file-is-html'],
  ['HTML in UTF-16', utf16Html, 'file-is-html'],
  ['XHTML', '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>', 'file-is-html'],
  ['a web archive', 'MIME-Version: 1.0\nContent-Type: multipart/related\n', 'file-is-html'],
  ['XML', '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', 'file-is-xml'],
  ['JSON', '[\n  {"name": "Ann"}]', 'file-is-json'],
  ['JSON of arrays', '[["email","name"],["ann@example.org","Ann"]]', 'file-is-json'],
  ['a flat .ods', '<?xml version="1.0"?>\n<office:document xmlns:office="urn:oasis"/>', 'file-is-ods'],
  ['a PDF behind a byte order mark', '\uFEFF%PDF-1.4\n1 0 obj\n', 'file-is-pdf'],
  ['an e-mail', 'From: a@example.org\r\nSubject: list\r\nContent-Type: text/plain\r\n\r\n', 'not-a-spreadsheet'],
  ['a vCard', 'BEGIN:VCARD\r\nVERSION:2.1\r\nFN;ENCODING=QUOTED-PRINTABLE:=C3=84nn\r\n', 'not-a-spreadsheet'],
  ['SYLK', 'ID;PWXL;N;E\r\nC;Y1;X1;K"email"\r\nE\r\n', 'not-a-spreadsheet'],
  ['DIF', 'TABLE\r\n0,1\r\n"EXCEL"\r\nVECTORS\r\n', 'not-a-spreadsheet'],
  ['a tar archive', Buffer.concat([Buffer.from('people.csv'), Buffer.alloc(1_014)]), 'not-a-spreadsheet'],
  ['RTF', '{\\rtf1\\ansi', 'file-is-rtf'],
  ['a PNG', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'file-is-image'],
  ['a JPEG', Buffer.from('ffd8ffe000104a464946', 'hex'), 'file-is-image'],
  ['gzip', Buffer.from('1f8b0800000000000003', 'hex'), 'file-is-archive'],
  ['a ZIP of CSV files', zip([{ name: 'people.csv', content: 'a,b' }]), 'file-is-archive'],
  ['an empty ZIP', zip([]), 'file-is-archive'],
  [
    'an .ods',
    zip([
      { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' },
      { name: 'content.xml', content: '<a/>' },
    ]),
    'file-is-ods',
  ],
  [
    'a .docx',
    zip([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'word/document.xml', content: '<a/>' },
    ]),
    'file-is-other-office',
  ],
  ['an .xlsb', zip([{ name: 'xl/workbook.bin', content: 'x' }]), 'file-is-xlsb'],
  ['a .numbers', zip([{ name: 'Index/Document.iwa', content: 'x' }]), 'file-is-numbers'],
  [
    'an encrypted ZIP',
    zip([{ name: 'xl/workbook.xml', content: '<workbook/>', encrypted: true }]),
    'workbook-encrypted',
  ],
  ['a program', Buffer.from('7f454c4602010100000000000000000003003e0001000000c0100000', 'hex'), 'not-a-spreadsheet'],
])('%s is rejected with a message that names it', async (_, file, code) => {
  const problem = await problemOf(file, { fileName: 'people.xlsx' })
  expect(problem).toMatchObject({ name: 'FileProblem', code })
  expect(problem.message).toMatch(/^The (?:file|workbook) .+\.$/)
})

test('the detected type of a file does not depend on the size of its pieces', async () => {
  const file = ole('Root Entry', 'EncryptedPackage')
  for (const size of [1_000, 70_001, 70_020]) {
    const pieces = [file.subarray(0, size), file.subarray(size)]
    const open = async function* () {
      yield* pieces
    }
    const opened = openFile({ ...bytesSource(file), open }, { fileName: 'a.xls' })
    await expect(opened).rejects.toMatchObject({ code: 'workbook-encrypted' })
  }
})

test('of an old or an encrypted workbook of 60 MB, less than 3 MB is read, wherever its directory is', async () => {
  const others = [...Array(9).keys()].map((index) => `Stream ${index}`)
  const start = ole('Root Entry', ...others, 'EncryptedPackage')
  const size = 60_000_000
  let given = 0
  const part = (from: number, to: number) => {
    given += to - from
    return Buffer.concat([start.subarray(from, to)], to - from)
  }
  const file = {
    size,
    async *open() {
      for (let at = 0; at < size; at += 65_536) yield part(at, at + 65_536)
    },
    read: async (from: number, to: number) => part(from, to),
  }
  await expect(openFile(file, { fileName: 'a.xls' })).rejects.toMatchObject({ code: 'workbook-encrypted' })
  expect(given).toBeLessThan(3_000_000)
})

test('an OLE file that is cut off, or has an invalid or circular directory, is reported as an old Office document', async () => {
  const whole = ole('Root Entry', 'a', 'b', 'c', 'Workbook')
  const circle = Buffer.from(whole)
  circle.writeUInt32LE(150, 512 * 3 + (150 % 128) * 4)
  const nowhere = Buffer.from(whole)
  nowhere.writeUInt32LE(0xfffffff0, 80)
  for (const file of [whole.subarray(0, 20), whole.subarray(0, 600), circle, nowhere]) {
    expect(await problemOf(file)).toMatchObject({ code: 'not-a-spreadsheet', found: 'an old Office document' })
  }
})

test('the directory in the last sector of an OLE file is found', async () => {
  const file = ole('Root Entry', 'Workbook').subarray(0, 512 * 152)
  // If the table in the header does not cover a sector, the next sector is read instead.
  const far = Buffer.concat([file.subarray(0, 512), Buffer.alloc(512 * 14_000), file.subarray(512)])
  far.writeUInt32LE(14_150, 48)
  for (const whole of [file, far]) expect(await problemOf(whole)).toMatchObject({ code: 'file-is-old-xls' })
})

test('a workbook with the name of a text file, and a text file with the name of a workbook, are read', async () => {
  expect((await readAll(sheet(textRow(1, ['a'])), { fileName: 'a.csv' })).detection.format).toBe('xlsx')
  expect((await readAll('a;b\n', { fileName: 'a.xlsx' })).detection.format).toBe('csv')
})

test('a table whose first characters resemble another format is read as CSV', async () => {
  for (const text of ['ID;Place;Name\n1;2;3\n', 'From: ,To: \na,b\n', '{email},name\na,b\n', 'TABLE\n0,1\n']) {
    expect((await readAll(text)).detection.format).toBe('csv')
  }
})

test('a list of words is a table with one column', async () => {
  expect((await readAll('email\nann@example.org\nbob@example.org\n', { fileName: 'a.txt' })).records).toHaveLength(2)
})

test.each([
  ['a web page', '<html><table>', 'file-is-html'],
  ['JSON', '[{"email":"ann@example.org"},', 'file-is-json'],
  ['UTF-16 without its mark', 'e\0'.repeat(5_000), 'nul-character'],
  ['a row without end', ','.repeat(300_000), 'record-too-long'],
])('%s is rejected before the rest of the file is read', async (_, start, code) => {
  let given = 0
  const open = async function* () {
    yield Buffer.from(start)
    for (; given < 50_000_000; given += 1_000_000) yield Buffer.alloc(1_000_000, 'x')
  }
  await expect(readFrom(open)).rejects.toMatchObject({ code })
  expect(given).toBeLessThan(3_000_000)
})
