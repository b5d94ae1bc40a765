import { isUtf8 } from 'node:buffer'
import { type Encoding, headText, invalidEncoding, toUtf8, utf8Boundary } from '../detect/encoding.ts'
import { refuseBinary, refuseOtherText } from '../detect/signature.ts'
import { scanText, type TextScan } from '../detect/text-scan.ts'
import { FileProblem } from '../file-problem.ts'
import { HEAD_BYTES, type ReadLimits, START_BYTES } from '../limits.ts'
import type { Detection, OpenedTable, ReadChoices } from '../opened-file.ts'
import { type ByteSource, buffers, type Peeked, peek } from '../source/byte-source.ts'
import { detectedEncoding, type Head, statedEncoding, textTable } from './text-file.ts'

/**
 * Opens text as a table. First looks through all of it: a file with too many lines, or with bytes that are invalid in its
 * encoding, is rejected before a row of it is passed on.
 *
 * @throws FileProblem
 */
export async function openText(
  file: Pick<ByteSource, 'open'>,
  choices: ReadChoices,
  limits: ReadLimits,
): Promise<OpenedTable> {
  const peeked = await peek(buffers(file.open()), START_BYTES)
  const bytes = peeked.head.subarray(0, HEAD_BYTES)
  const head: Head = { bytes, complete: peeked.complete && peeked.head.byteLength <= HEAD_BYTES }
  const stated = statedEncoding(bytes, choices.encoding)
  const scan = await lookThrough(peeked, head, stated?.encoding, choices, limits)
  const { encoding, evidence: chosen } = stated ?? detectedEncoding(scan)
  const { delimiter, header, headerRow, batches, evidence } = await textTable(
    buffers(file.open()),
    head,
    { encoding, delimiter: choices.delimiter, marks: scan },
    limits,
  )
  if (encoding !== 'windows-1252' && !scan.utf8) {
    // Reads up to the invalid byte to find its row, and passes no row on.
    await drained(batches)
    throw invalidEncoding(encoding)
  }
  const detection: Detection = {
    format: 'csv',
    encoding,
    delimiter,
    sheet: null,
    sheets: null,
    evidence: [chosen, ...evidence],
  }
  return { detection, header, headerRow, batches }
}

/** UTF-16 is scanned as the UTF-8 that it decodes to, in which line ends and quotation marks are single bytes. */
async function lookThrough(
  peeked: Peeked,
  head: Head,
  stated: Encoding | undefined,
  choices: ReadChoices,
  limits: ReadLimits,
): Promise<TextScan> {
  try {
    await refuseStart(peeked, head, stated, choices, limits)
    if (stated !== 'utf-16le' && stated !== 'utf-16be') return await scanText(peeked.all, limits)
    return await scanText(leniently(toUtf8(peeked.all, stated)), limits)
  } finally {
    await peeked.all.return(undefined)
  }
}

/** Replaces what cannot be decoded by a byte that is invalid in UTF-8. */
async function* leniently(decoded: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* decoded
  } catch (error) {
    if (!(error instanceof FileProblem && error.code === 'invalid-encoding')) throw error
    yield Buffer.of(0xff)
  }
}

function refuseOther(head: Buffer, encoding: Encoding): void {
  if (encoding === 'utf-8' || encoding === 'windows-1252') refuseBinary(head)
  refuseOtherText(headText(head, encoding))
}

/**
 * Rejects a file for its start before the rest is looked through. Without a stated encoding, only for what is wrong in
 * UTF-8 and in Windows-1252.
 *
 * @throws FileProblem
 */
async function refuseStart(
  { head: start, complete }: Peeked,
  head: Head,
  stated: Encoding | undefined,
  { delimiter }: ReadChoices,
  limits: ReadLimits,
): Promise<void> {
  refuseOther(head.bytes, stated ?? 'utf-8')
  if (complete || (stated === undefined && !isUtf8(start.subarray(0, utf8Boundary(start))))) return
  try {
    const choices = { encoding: stated ?? 'utf-8', delimiter, marks: { quoted: start.includes('"'), blankLines: true } }
    const table = await textTable(cutOff(start), head, choices, limits)
    await drained(table.batches)
  } catch (error) {
    if (!(error instanceof CutOff)) throw error
  }
}

/** Reads batches for the error that they throw. */
async function drained(batches: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of batches);
}

class CutOff extends Error {}

async function* cutOff(start: Buffer): AsyncGenerator<Buffer> {
  yield start
  throw new CutOff()
}
