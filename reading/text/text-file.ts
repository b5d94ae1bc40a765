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

/** How a text file is read, except for what its head decides. */
export interface TextChoices {
  encoding: Encoding
  delimiter: Delimiter | undefined
  marks: CsvMarks
}

/** The start of the file. */
export interface Head {
  bytes: Buffer
  /** The head is the whole file. */
  complete: boolean
}

/** A table, and how it was read. */
export interface TextTable extends Table {
  delimiter: Delimiter
  evidence: string[]
}

/** The encoding of a file, and the reason. */
export interface ChosenEncoding {
  encoding: Encoding
  evidence: string
}

/** Returns the chosen encoding or the one of the byte order mark. Returns null without either. */
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
 * Detects the encoding from the bytes. Valid UTF-8 is UTF-8, because text in an eight-bit encoding practically never is valid
 * UTF-8. Everything else is Windows-1252, which accepts every byte (HAZARDS.md 18). The scan covers the whole file, because
 * an invalid byte may come late, after rows would have been passed on wrongly decoded.
 */
export function detectedEncoding(scan: TextScan): ChosenEncoding {
  if (scan.utf8) return { encoding: 'utf-8', evidence: 'no byte order mark; all bytes are valid UTF-8' }
  const doubt = scan.outside1252 ? DOUBT : ''
  return {
    encoding: 'windows-1252',
    evidence: `no byte order mark; bytes are not valid UTF-8, so Windows-1252${doubt}`,
  }
}

/** Windows-1252 accepts every byte, so a file in a third encoding gives wrong letters and no error. */
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
