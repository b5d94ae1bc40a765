import {
  type Delimiter,
  delimiterEvidence,
  delimiterName,
  detectDelimiter,
  separatorLine,
} from '../detect/delimiter.ts'
import { byteOrderMark, type Encoding, encodingNames, headText, toUtf8 } from '../detect/encoding.ts'
import type { TextScan } from '../detect/text-scan.ts'
import { FileProblem } from '../file-problem.ts'
import type { ReadLimits } from '../limits.ts'
import { readCsv, type Table } from './csv.ts'
import type { CsvMarks } from './csv-parser.ts'

/** What is known about a text file before it is read. */
export interface TextChoices {
  encoding: Encoding
  delimiter: Delimiter | undefined
  marks: CsvMarks
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

/** Which encoding a file has, and why. */
export interface ChosenEncoding {
  encoding: Encoding
  evidence: string
}

/** What the person or the byte order mark says; null when both say nothing. */
export function statedEncoding(head: Buffer, given: Encoding | undefined): ChosenEncoding | null {
  const mark = byteOrderMark(head)
  if (given === undefined) {
    return mark && { encoding: mark.encoding, evidence: `byte order mark of ${encodingNames[mark.encoding]}` }
  }
  const differs = mark !== null && mark.encoding !== given
  const remark = differs ? `, although its byte order mark says ${encodingNames[mark.encoding]}` : ''
  return { encoding: given, evidence: `read as ${encodingNames[given]}, as chosen${remark}` }
}

/**
 * What the bytes say: if they are valid UTF-8 throughout they are UTF-8, because text in an eight-bit encoding practically
 * never is; the rest is Windows-1252, which accepts every byte (HAZARDS.md 18). All of the file has to be looked at: to
 * start over when the first invalid byte turns up late would hand out rows that are wrong.
 */
export function detectedEncoding(scan: TextScan): ChosenEncoding {
  if (scan.utf8) return { encoding: 'utf-8', evidence: 'no byte order mark; all bytes are valid UTF-8' }
  const doubt = scan.outside1252 ? DOUBT : ''
  return {
    encoding: 'windows-1252',
    evidence: `no byte order mark; bytes are not valid UTF-8, so Windows-1252${doubt}`,
  }
}

/** Windows-1252 takes every byte, so a file in yet another encoding gives wrong letters and not an error. */
const DOUBT =
  ', but some bytes mean nothing in it: the file is probably in another encoding. Save it as UTF-8 and choose it again'

/**
 * Reads text as a table: `sep=` line, delimiter, header.
 *
 * @throws FileProblem
 */
export async function textTable(
  source: AsyncIterable<Buffer>,
  head: Head,
  { encoding, delimiter: given, marks }: TextChoices,
  limits: ReadLimits,
): Promise<TextTable> {
  const whole = headText(head.bytes, encoding)
  const separator = separatorLine(whole)
  const skip = separator?.length ?? 0
  const text = whole.slice(skip)
  if (text.trim() === '' && head.complete)
    throw new FileProblem('no-header', 'The file has no header: it is blank.', { row: 1 })
  const { delimiter, evidence } = chooseDelimiter(text, head, given, separator?.delimiter)
  const table = await readCsv(skipped(toUtf8(source, encoding), skip), { delimiter, ...marks }, limits)
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

/** Drops the first bytes. */
async function* skipped(source: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes
  for await (const chunk of source) {
    const rest = chunk.subarray(Math.min(left, chunk.byteLength))
    left -= chunk.byteLength - rest.byteLength
    if (rest.byteLength > 0) yield rest
  }
}
