import { isUtf8 } from 'node:buffer'
import { type ByteSource, limited, type Peeked } from './byte-source.ts'
import { type Encoding, headText, invalidEncoding, toUtf8, utf8Boundary } from './encoding.ts'
import { FileProblem } from './file-problem.ts'
import { HEAD_BYTES, type ReadLimits } from './limits.ts'
import type { Detection, OpenedFile, ReadHints } from './open-file.ts'
import { refuseBinary, refuseOtherText } from './signature.ts'
import { detectedEncoding, type Head, scanText, statedEncoding, textTable } from './text-file.ts'

/**
 * Opens text as a table, which is looked through before: a file that has too many rows, or breaks off in the middle of a
 * character, is refused before anybody took a row of it.
 *
 * @throws FileProblem
 */
export async function openText(
  file: ByteSource,
  peeked: Peeked,
  hints: ReadHints,
  limits: ReadLimits,
): Promise<OpenedFile> {
  const bytes = peeked.head.subarray(0, HEAD_BYTES)
  const head: Head = { bytes, complete: peeked.complete && peeked.head.byteLength <= HEAD_BYTES }
  const stated = statedEncoding(bytes, hints.encoding)
  await refuseStart(peeked, head, stated?.encoding, hints, limits)
  const scan = await lookThrough(peeked.all, stated?.encoding, limits)
  const { encoding, evidence: chosen } = stated ?? detectedEncoding(scan)
  const broken = encoding !== 'windows-1252' && !scan.isUtf8()
  const source = limited(file.open(), limits.fileBytes, hints.signal)
  try {
    const table = await textTable(source, head, { encoding, delimiter: hints.delimiter }, limits)
    const { delimiter, header, headerRow, batches } = table
    const evidence = [chosen, ...table.evidence]
    const detection: Detection = { format: 'csv', encoding, delimiter, sheet: null, sheets: null, evidence }
    const close = async () => {
      await batches.return(undefined)
      await source.return(undefined)
    }
    if (broken) {
      // Read here to where it breaks, which says in which row, so that nobody takes rows of it.
      await drained(batches)
      throw invalidEncoding(encoding)
    }
    return { detection, header, headerRow, batches, close }
  } catch (error) {
    await source.return(undefined)
    throw error
  }
}

/** UTF-16 is turned into UTF-8 for it, in which line ends and quotation marks are one byte. */
function lookThrough(bytes: AsyncGenerator<Buffer>, stated: Encoding | undefined, limits: ReadLimits) {
  if (stated !== 'utf-16le' && stated !== 'utf-16be') return scanText(bytes, limits)
  return scanText(leniently(toUtf8(bytes, stated)), limits)
}

/** What cannot be decoded stands there as a byte that is no UTF-8. */
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
 * What is wrong with the start of a file is said before all of it is looked through. Without a stated encoding only
 * where it is wrong in either.
 *
 * @throws FileProblem
 */
async function refuseStart(
  { head: start, complete }: Peeked,
  head: Head,
  stated: Encoding | undefined,
  hints: ReadHints,
  limits: ReadLimits,
) {
  refuseOther(head.bytes, stated ?? 'utf-8')
  if (complete || (stated === undefined && !isUtf8(start.subarray(0, utf8Boundary(start))))) return
  try {
    const choices = { encoding: stated ?? 'utf-8', delimiter: hints.delimiter }
    const table = await textTable(cutOff(start), head, choices, limits)
    await drained(table.batches)
  } catch (error) {
    if (!(error instanceof CutOff)) throw error
  }
}

/** Only for what is thrown. */
async function drained(batches: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of batches);
}

class CutOff extends Error {}

async function* cutOff(start: Buffer): AsyncGenerator<Buffer> {
  yield start
  throw new CutOff()
}
