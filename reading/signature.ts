import { FileProblem, type FileProblemCode } from './file-problem.ts'

/** Files that people upload by mistake, by their first bytes. The name of a file proves nothing. */
const SIGNATURES: [bytes: string, code: FileProblemCode, what: string][] = [
  ['%PDF-', 'file-is-pdf', 'a PDF document'],
  ['\x89PNG', 'file-is-image', 'an image (PNG)'],
  ['\xff\xd8\xff', 'file-is-image', 'an image (JPEG)'],
  ['GIF8', 'file-is-image', 'an image (GIF)'],
  ['II*\0', 'file-is-image', 'an image (TIFF)'],
  ['MM\0*', 'file-is-image', 'an image (TIFF)'],
  ['{\\rtf', 'file-is-rtf', 'a text document (RTF)'],
  ['\x1f\x8b', 'file-is-archive', 'a compressed file (gzip)'],
  ['7z\xbc\xaf\x27\x1c', 'file-is-archive', 'an archive (7z)'],
  ['Rar!\x1a\x07', 'file-is-archive', 'an archive (RAR)'],
]

const ZIP = ['PK\x03\x04', 'PK\x05\x06']
const OLE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'

/** What the first bytes say: `zip` may be a workbook, `ole` is an old or an encrypted one, the rest is text. */
export function containerOf(head: Buffer): 'zip' | 'ole' | 'text' {
  const start = head.toString('latin1', 0, 8)
  if (ZIP.some((signature) => start.startsWith(signature))) return 'zip'
  return start === OLE ? 'ole' : 'text'
}

/** @throws FileProblem that says what the file is, when its first bytes are those of something else */
export function refuseKnownBinary(head: Buffer): void {
  const start = head.toString('latin1', 0, 16)
  const known = SIGNATURES.find(([signature]) => start.startsWith(signature))
  if (known !== undefined) throw isSomethingElse(known[1], known[2])
}

/** @throws FileProblem when the text is markup or JSON: an HTML table renamed to .xls is common */
export function refuseMarkup(text: string): void {
  const start = text.slice(0, 4096).trimStart()
  if (/^(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|table|style|div)\b/is.test(start)) {
    throw isSomethingElse('file-is-html', 'a web page (HTML), whatever its name says')
  }
  if (/^MIME-Version:/i.test(start)) throw isSomethingElse('file-is-html', 'a web archive (MHTML)')
  if (/^<\?xml\b/i.test(start)) {
    if (/<html\b/i.test(start)) throw isSomethingElse('file-is-html', 'a web page (HTML), whatever its name says')
    throw isSomethingElse('file-is-xml', 'an XML document')
  }
  if (/^(?:\[\s*)?\{\s*"/.test(start)) throw isSomethingElse('file-is-json', 'a JSON document')
}

/**
 * Refuses what is not text at all, and UTF-16 without its mark: every second byte of it is NUL.
 *
 * @throws FileProblem `nul-character`, `not-a-spreadsheet`
 */
export function refuseBinary(head: Buffer): void {
  let nul = 0
  let control = 0
  const size = Math.min(head.byteLength, 4096)
  for (const byte of head.subarray(0, size)) {
    if (byte === 0) nul++
    else if (byte < 0x09 || (byte > 0x0d && byte < 0x20)) control++
  }
  if (control * 20 > size) throw isSomethingElse('not-a-spreadsheet', 'not text and not a workbook')
  if (nul * 5 > size) {
    throw new FileProblem(
      'nul-character',
      'The file holds NUL characters. It may be UTF-16 without its byte order mark: save it as UTF-8, or choose UTF-16.',
      { found: 'NUL characters', expected: 'UTF-8' },
    )
  }
}

/** Names that an OLE file's directory holds, in UTF-16 as they stand there. The first that is found decides. */
const OLE_STREAMS: [name: string, code: FileProblemCode, what: string][] = [
  ['EncryptedPackage', 'workbook-encrypted', 'a workbook protected with a password. Save it without one'],
  ['Workbook', 'file-is-old-xls', 'a workbook in the old .xls format'],
  ['Book', 'file-is-old-xls', 'a workbook in the old .xls format'],
  ['WordDocument', 'file-is-other-office', 'a Word document'],
  ['PowerPoint Document', 'file-is-other-office', 'a PowerPoint presentation'],
]

/** Reads an OLE file to its end (its directory may stand anywhere) and says what it is. */
export async function oleProblem(source: AsyncIterable<Buffer>): Promise<FileProblem> {
  const needles = OLE_STREAMS.map(([name]) => Buffer.from(name, 'utf16le'))
  const found = new Set<number>()
  let tail = Buffer.alloc(0)
  for await (const chunk of source) {
    const bytes = Buffer.concat([tail, chunk])
    needles.forEach((needle, index) => {
      if (bytes.includes(needle)) found.add(index)
    })
    if (found.has(0)) break
    tail = bytes.subarray(Math.max(0, bytes.byteLength - 64))
  }
  const kind = OLE_STREAMS.find((_, index) => found.has(index))
  return kind ? isSomethingElse(kind[1], kind[2]) : isSomethingElse('not-a-spreadsheet', 'an old Office document')
}

/** "The file is a PDF document. Save …" */
export function isSomethingElse(code: FileProblemCode, what: string): FileProblem {
  return new FileProblem(code, `The file is ${what}. Save the list as CSV or XLSX and choose that file.`, {
    found: what,
    expected: 'CSV or XLSX',
  })
}
