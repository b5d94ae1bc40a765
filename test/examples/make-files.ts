import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import writeWorkbook from 'write-excel-file/node'
import { encodeText, markOf } from '../../reading/index.ts'

export const examples = join(import.meta.dirname, '../../examples')

/** The example files that text editors cannot write byte for byte. Workbooks are listed separately. */
export const bytesByName: Record<string, () => Buffer> = {
  'invitation-eu.csv': german,
  'mess-ragged.csv': ragged,
  'mess-utf16.csv': utf16,
  'mess-tab-sep.csv': tabs,
  'mess-pdf.csv': () =>
    Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n', 'latin1'),
  'mess-old.xls': () => compoundFile('Workbook'),
  'mess-encrypted.xlsx': () => compoundFile('EncryptionInfo', 'EncryptedPackage'),
}

/** A workbook contains the time at which it was written, so its bytes differ each time. */
export const workbooksByName: Record<string, () => Promise<Buffer>> = {
  'team.xlsx': () => {
    const people = [
      ['First name', 'Last name', 'Email', 'Description'],
      ['Yuki', 'Mori', 'yuki.mori@muster.example', 'Courses in Japanese'],
      ['Ewa', 'Zając', 'ewa.zajac@muster.example', null],
      ['Tomás', 'Byrne', 'tomas.byrne@muster.example', 'Night shift'],
    ]
    return writeWorkbook([{ data: people, sheet: 'Team' }]).toBuffer()
  },
  'any-list.xlsx': () =>
    writeWorkbook([
      { data: [], sheet: 'Cover' },
      { data: staff(), sheet: 'Staff 2026' },
      { data: [['Old list, do not use'], ['Somebody'], ['Nobody']], sheet: 'Archive' },
    ]).toBuffer(),
}

/** Numbers, dates and booleans, stored as a spreadsheet stores them and not as text. */
function staff() {
  const day = (text: string) => ({ value: new Date(`${text}T00:00:00Z`), type: Date, format: 'dd.mm.yyyy' })
  const number = (value: number) => ({ value, type: Number })
  const yes = (value: boolean) => ({ value, type: Boolean })
  const head = ['Mail', 'Given name', 'Surname', 'Employer', 'Active', 'Cost centre', 'Shift', 'Joined on', 'Course 1']
  const [blue, mesa] = ['Blue Harbour', 'Mesa Verde Foods']
  return [
    head,
    [
      'ruth.abel@blueharbour.example',
      'Ruth',
      'Abel',
      blue,
      yes(true),
      number(4711),
      'Day',
      day('2026-03-05'),
      'Safety – Level 1',
    ],
    [
      'sven.dahl@blueharbour.example',
      'Sven',
      'Dahl',
      blue,
      yes(true),
      number(4712.5),
      'Night',
      day('2026-09-01'),
      'Manual Handling',
    ],
    ['tala.reyes@mesaverde.example', 'Tala', 'Reyes', mesa, yes(false), number(12), 'evening', day('1999-12-31'), null],
    ['uwe.lange@mesaverde.example', 'Uwe', 'Lange', mesa, yes(true), null, null, null, 'Food Hygiene – Level 2'],
  ]
}

/** A CSV file as a German spreadsheet saves it: semicolons, Windows-1252, CR LF and headers unknown to any template. */
function german(): Buffer {
  const lines = [
    'Personalnr.;Vorname;Nachname;E-Mail-Adresse;Firma;Sprache;Gruppen;Bemerkung',
    '1001;Jürgen;Größmann;juergen.groessmann@nordlicht.example.org;Nordlicht Pflege gGmbH;de;Night shift;ab März',
    '1002;Änne;Weiß;aenne.weiss@nordlicht.example.org;Nordlicht Pflege gGmbH;de;;"Teilzeit; 50 %"',
    '1003;François;Lefèvre;francois.lefevre@nordlicht.example.org;Nordlicht Pflege gGmbH;fr;Spring / Night shift;',
    '1004;Zoltán;Kiss;zoltan.kiss@nordlicht.example.org;Nordlicht Pflege gGmbH;hu;;Kosten 3 €',
  ]
  return encodeText(`${lines.join('\r\n')}\r\n`, 'windows-1252')
}

const HEADER = ['enabled', 'name', 'email', 'companyName', 'languageCode', 'job_role']
const person = (name: string, ...more: string[]) => [
  '1',
  name,
  `${name.toLowerCase()}@blueharbour.example`,
  'Blue Harbour',
  'en-GB',
  ...more,
]

/** Rows with too few and too many cells, blank lines, and every kind of line ending. */
function ragged(): Buffer {
  const line = (cells: string[], end: string) => `${cells.join(',')}${end}`
  return Buffer.from(
    [
      line(HEADER, '\r\n'),
      line(person('Anton', 'Rigger'), '\n'),
      '\n',
      line(person('Bertha'), '\r\n'),
      '\r\n',
      line(person('Carl', 'Cook'), '\r'),
      line(person('Dora', 'Planner', 'and', 'more'), '\n'),
      ',,,,,\n',
      line(person('Emil', '"Two\r\nlines"'), '\r\n'),
      line(person('Frieda', ''), ''),
    ].join(''),
  )
}

/** The format that Excel calls Unicode text: little-endian UTF-16 with a byte order mark, separated by tabs. */
function utf16(): Buffer {
  const rows = [HEADER, person('Gustav', 'Łódź'), person('Hanna', '図書館'), person('Igor', '😀 emoji')]
  const text = rows.map((cells) => `${cells.join('\t')}\r\n`).join('')
  return Buffer.concat([markOf('utf-16le'), encodeText(text, 'utf-16le')])
}

/** The first line tells Excel the delimiter and is not a row. */
function tabs(): Buffer {
  const rows = [HEADER, person('Julia', 'Buyer, and more'), person('Karim', '5; 6; 7')]
  return Buffer.from(`sep=\t\r\n${rows.map((cells) => `${cells.join('\t')}\r\n`).join('')}`)
}

/**
 * Returns a compound file ([MS-CFB]) of version 3: a header, one sector for the directory and one for the allocation
 * table.
 */
function compoundFile(...streams: string[]): Buffer {
  const [endOfChain, tableSector, free] = [0xfffffffe, 0xfffffffd, 0xffffffff]
  const header = Buffer.alloc(512)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header)
  // Minor and major version, byte order, and the sizes of a sector and a small sector as powers of two.
  for (const [index, value] of [0x3e, 3, 0xfffe, 9, 6].entries()) header.writeUInt16LE(value, 24 + index * 2)
  // The number of table sectors, the start of the directory, the size below which streams are small, and two ends of
  // chains: there are no small streams and no further table sectors.
  for (const [at, value] of [
    [44, 1],
    [48, 0],
    [56, 4_096],
    [60, endOfChain],
    [68, endOfChain],
  ] as const) {
    header.writeUInt32LE(value, at)
  }
  header.fill(0xff, 76)
  header.writeUInt32LE(1, 76)
  const directory = Buffer.alloc(512)
  for (const [index, name] of ['Root Entry', ...streams].entries()) {
    const at = index * 128
    directory.write(name, at, 'utf16le')
    directory.writeUInt16LE(name.length * 2 + 2, at + 64)
    directory.writeUInt8(index === 0 ? 5 : 2, at + 66)
    // An entry has no left sibling. The next stream is its right sibling, or the child of the root. A stream has no
    // bytes.
    const next = index < streams.length ? index + 1 : free
    const family = index === 0 ? [free, free, next] : [free, next, free]
    for (const [place, value] of family.entries()) directory.writeUInt32LE(value, at + 68 + place * 4)
    directory.writeUInt32LE(endOfChain, at + 116)
  }
  const table = Buffer.alloc(512, 0xff)
  table.writeUInt32LE(endOfChain, 0)
  table.writeUInt32LE(tableSector, 4)
  return Buffer.concat([header, directory, table])
}

/** `npx tsx test/examples/make-files.ts` writes all the files. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [name, make] of Object.entries({ ...bytesByName, ...workbooksByName })) {
    await writeFile(join(examples, name), await make())
  }
}
