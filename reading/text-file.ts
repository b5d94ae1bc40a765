import { readCsv, type Table } from './csv.ts'
import { type Delimiter, delimiterEvidence, delimiterName, detectDelimiter, separatorLine } from './delimiter.ts'
import { byteOrderMark, type Encoding, encodingNames, headText, TextScan, toUtf8 } from './encoding.ts'
import { FileProblem } from './file-problem.ts'
import type { ReadLimits } from './limits.ts'
import { tooManyRows } from './source-record.ts'

/** What is known about a text file before it is read. */
export interface TextChoices {
  encoding: Encoding
  delimiter: Delimiter | undefined
}

/** The start of the file. */
export interface Head {
  bytes: Buffer
  /** The head is all there is. */
  complete: boolean
}

/** A table, and how it was read. */
export interface TextTable extends Table {
  delimiter: Delimiter
  evidence: string[]
}

/**
 * Says which encoding the file has and why. A byte order mark decides; without one, bytes that are valid UTF-8
 * throughout are UTF-8, because text in an eight-bit encoding practically never is; the rest is Windows-1252, which
 * accepts every byte (HAZARDS.md 18).
 *
 * @param scan looks at the whole file; called only when nothing else decides. 150 MB take 0.1 s from memory, so the
 *   price is that of reading the source twice. The alternative, starting over when the first invalid byte turns up
 *   late, would hand out rows that are wrong.
 */
export async function detectEncoding(
  head: Buffer,
  given: Encoding | undefined,
  scan: () => Promise<TextScan>,
): Promise<{ encoding: Encoding; evidence: string }> {
  const mark = byteOrderMark(head)
  if (given !== undefined) {
    const differs = mark !== null && mark.encoding !== given
    const remark = differs ? `, although its byte order mark says ${encodingNames[mark.encoding]}` : ''
    return { encoding: given, evidence: `read as ${encodingNames[given]}, as chosen${remark}` }
  }
  if (mark !== null) return { encoding: mark.encoding, evidence: `byte order mark of ${encodingNames[mark.encoding]}` }
  const scanned = await scan()
  if (scanned.isUtf8()) return { encoding: 'utf-8', evidence: 'no byte order mark; all bytes are valid UTF-8' }
  const doubt = scanned.outside1252 ? DOUBT : ''
  return {
    encoding: 'windows-1252',
    evidence: `no byte order mark; bytes are not valid UTF-8, so Windows-1252${doubt}`,
  }
}

/** Windows-1252 takes every byte, so a file in yet another encoding gives wrong letters and not an error. */
const DOUBT =
  ', but some bytes mean nothing in it: the file is probably in another encoding. Save it as UTF-8 and choose it again'

/**
 * Looks at the whole of a file for its encoding. As long as no cell is quoted each line is a row, so more lines than
 * rows are allowed are refused here, in a twentieth of the time that splitting them takes.
 *
 * @throws FileProblem `too-many-rows`
 */
export async function scanText(source: AsyncIterable<Buffer>, limits: ReadLimits): Promise<TextScan> {
  const scan = new TextScan()
  let lines = 0
  let quoted = false
  for await (const chunk of source) {
    scan.take(chunk)
    quoted ||= chunk.includes('"')
    if (quoted) continue
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) {
      // A `sep=` line is no row.
      if (++lines > limits.csvRows + 1) throw tooManyRows(limits.csvRows)
    }
  }
  return scan
}

const LF = 0x0a

/**
 * Opens a text file as a table: `sep=` line, delimiter, header.
 *
 * @throws FileProblem
 */
export async function openText(
  source: AsyncIterable<Buffer>,
  head: Head,
  choices: TextChoices,
  limits: ReadLimits,
): Promise<TextTable> {
  const whole = headText(head.bytes, choices.encoding)
  const separator = separatorLine(whole)
  const text = separator === null ? whole : whole.slice(separator.length)
  if (text.trim() === '' && head.complete)
    throw new FileProblem('no-header', 'The file has no header: it is blank.', { row: 1 })
  const { delimiter, evidence } = chooseDelimiter(text, head, choices.delimiter, separator?.delimiter)
  const utf8 = toUtf8(source, choices.encoding)
  const table = await readCsv(separator === null ? utf8 : skipped(utf8, separator.length), delimiter, limits)
  return { ...table, delimiter, evidence }
}

function chooseDelimiter(
  text: string,
  head: Head,
  given: Delimiter | undefined,
  separator: Delimiter | undefined,
): { delimiter: Delimiter; evidence: string[] } {
  const { complete } = head
  if (given !== undefined) {
    const seen = delimiterEvidence(text, complete, given)
    return { delimiter: given, evidence: [`split by ${delimiterName(given)}, as chosen`, seen] }
  }
  if (separator !== undefined) {
    const seen = delimiterEvidence(text, complete, separator)
    return { delimiter: separator, evidence: [`a "sep=" line names ${delimiterName(separator)}`, seen] }
  }
  const { delimiter, evidence } = detectDelimiter(text, complete)
  return { delimiter, evidence: [evidence] }
}

/** Without the first bytes. */
async function* skipped(source: AsyncGenerator<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes
  for await (const chunk of source) {
    const rest = chunk.subarray(Math.min(left, chunk.byteLength))
    left -= chunk.byteLength - rest.byteLength
    if (rest.byteLength > 0) yield rest
  }
}
