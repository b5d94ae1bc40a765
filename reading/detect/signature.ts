import { FileProblem, type FileProblemCode } from '../file-problem.ts'

/** First bytes of files that are uploaded by mistake. The name of a file proves nothing. */
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

/** `zip` may be a workbook, `ole` is an old or an encrypted one, and `text` is everything else. */
export type Container = 'zip' | 'ole' | 'text'

/** Determines the container from the first bytes of a file. */
export function containerOf(head: Buffer): Container {
  const start = head.toString('latin1', 0, 8)
  if (ZIP.some((signature) => start.startsWith(signature))) return 'zip'
  return start === OLE ? 'ole' : 'text'
}

/** @throws FileProblem that names the format, when the first bytes belong to a known other format */
export function refuseKnownBinary(head: Buffer): void {
  const start = head.toString('latin1', 0, 16)
  const known = SIGNATURES.find(([signature]) => start.startsWith(signature))
  if (known !== undefined) throw isSomethingElse(known[1], known[2])
}

const HTML = 'a web page (HTML), although its name may differ'

/** Text that is not a table, by its start. The first match decides. An HTML table renamed to .xls is common. */
const OTHER_TEXTS: [start: RegExp, code: FileProblemCode, what: string][] = [
  [/^(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|table|style|div)\b/is, 'file-is-html', HTML],
  [/^<\?xml\b.*<html\b/is, 'file-is-html', HTML],
  [/^<\?xml\b.*<office:document\b/is, 'file-is-ods', 'an OpenDocument file (.fods)'],
  [
    /^<\?xml\b.*"urn:schemas-microsoft-com:office:spreadsheet"/is,
    'file-is-xml',
    'a workbook in the XML format of Excel 2003',
  ],
  [/^<\?xml\b/i, 'file-is-xml', 'an XML document'],
  [/^(?:\{\s*"|\[\s*[[{"])/, 'file-is-json', 'a JSON document'],
  [/^%PDF-/, 'file-is-pdf', 'a PDF document'],
  [/^MIME-Version:/i, 'file-is-html', 'a web archive (MHTML)'],
  [
    /^[a-z][a-z-]*: [^\n]*\n(?:[^\n]+\n){0,50}?(?:MIME-Version|Content-Type):/i,
    'not-a-spreadsheet',
    'an e-mail or a web archive',
  ],
  [/^BEGIN:V(?:CARD|CALENDAR)\b/i, 'not-a-spreadsheet', 'a list of contacts or appointments (vCard)'],
  // The second line decides, because `ID;Place` alone is the header of a table.
  [/^ID;P[^\r\n]*\r?\n(?:P;P|[BC];[XY]\d|O;[LP])/, 'not-a-spreadsheet', 'a workbook in the old .slk format'],
  [/^TABLE\r?\n0,1\r?\n"/, 'not-a-spreadsheet', 'a workbook in the old .dif format'],
]

/** @throws FileProblem that names the format, when the text is not a table */
export function refuseOtherText(text: string): void {
  const start = text.slice(0, 4096).trimStart()
  const known = OTHER_TEXTS.find(([pattern]) => pattern.test(start))
  if (known !== undefined) throw isSomethingElse(known[1], known[2])
}

/**
 * Rejects binary data, and UTF-16 without a byte order mark, in which every second byte is NUL.
 *
 * @throws FileProblem `nul-character`, `not-a-spreadsheet`
 */
export function refuseBinary(head: Buffer): void {
  const nul = { even: 0, odd: 0 }
  let control = 0
  const size = Math.min(head.byteLength, 4096)
  for (const [at, byte] of head.subarray(0, size).entries()) {
    if (byte === 0) nul[at % 2 === 0 ? 'even' : 'odd']++
    else if (byte < 0x09 || (byte > 0x0d && byte < 0x20)) control++
  }
  if (control * 20 > size || Math.min(nul.even, nul.odd) * 10 > size)
    throw isSomethingElse('not-a-spreadsheet', 'not text and not a workbook')
  if ((nul.even + nul.odd) * 5 > size) {
    throw new FileProblem(
      'nul-character',
      'The file holds NUL characters. It may be UTF-16 without its byte order mark: save it as UTF-8, or choose UTF-16.',
      { found: 'NUL characters', expected: 'UTF-8' },
    )
  }
}

/** "The file is a PDF document. Save …" */
export function isSomethingElse(code: FileProblemCode, what: string): FileProblem {
  return new FileProblem(code, `The file is ${what}. Save the list as CSV or XLSX and choose that file.`, {
    found: what,
    expected: 'CSV or XLSX',
  })
}
