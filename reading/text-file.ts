import { readCsv, type Table } from './csv.ts'
import { type Delimiter, delimiterEvidence, delimiterName, detectDelimiter, separatorLine } from './delimiter.ts'
import { byteOrderMark, type Encoding, encodingNames, headText, toUtf8 } from './encoding.ts'
import { FileProblem } from './file-problem.ts'
import type { ReadLimits } from './limits.ts'

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
 * @param isUtf8 reads the whole file; called only when nothing else decides. 150 MB take 0.1 s from memory, so the
 *   price is that of reading the source twice. The alternative, starting over when the first invalid byte turns up
 *   late, would hand out rows that are wrong.
 */
export async function detectEncoding(
  head: Buffer,
  given: Encoding | undefined,
  isUtf8: () => Promise<boolean>,
): Promise<{ encoding: Encoding; evidence: string }> {
  const mark = byteOrderMark(head)
  if (given !== undefined) {
    const differs = mark !== null && mark.encoding !== given
    const remark = differs ? `, although its byte order mark says ${encodingNames[mark.encoding]}` : ''
    return { encoding: given, evidence: `read as ${encodingNames[given]}, as chosen${remark}` }
  }
  if (mark !== null) return { encoding: mark.encoding, evidence: `byte order mark of ${encodingNames[mark.encoding]}` }
  if (await isUtf8()) return { encoding: 'utf-8', evidence: 'no byte order mark; all bytes are valid UTF-8' }
  return { encoding: 'windows-1252', evidence: 'no byte order mark; bytes are not valid UTF-8, so Windows-1252' }
}

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
