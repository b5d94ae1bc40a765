import { isUtf8 } from 'node:buffer'
import {
  byteOrderMark,
  type Encoding,
  headText,
  invalidEncoding,
  TextScan,
  toUtf8,
  utf8Boundary,
} from '../detect/encoding.ts'
import { refuseBinary, refuseOtherText } from '../detect/signature.ts'
import { FileProblem } from '../file-problem.ts'
import { HEAD_BYTES, type ReadLimits } from '../limits.ts'
import type { Detection, OpenedFile, ReadHints } from '../open-file.ts'
import { type ByteSource, limited, type Peeked } from '../source/byte-source.ts'
import { checkCsv } from './csv.ts'
import { CsvRows } from './csv-rows.ts'
import { detectedEncoding, type Head, layoutOf, skipped, statedEncoding, textTable } from './text-file.ts'

/**
 * Opens text as a table, which is looked through before: what refuses the whole file, be it behind a million rows, does so
 * before anybody took one.
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
  const scan = await lookThrough(peeked, head, stated?.encoding, hints, limits)
  const { encoding, evidence: chosen } = stated ?? detectedEncoding(scan)
  const choices = { encoding, delimiter: hints.delimiter }
  const open = () => limited(file.open(), limits.fileBytes, hints.signal)
  if (encoding !== 'windows-1252' && !scan.isUtf8()) await refuseBroken(open(), head, choices, limits)
  const source = open()
  try {
    const table = await textTable(source, head, choices, limits)
    const { delimiter, header, headerRow, batches } = table
    const evidence = [chosen, ...table.evidence]
    const detection: Detection = { format: 'csv', encoding, delimiter, sheet: null, sheets: null, evidence }
    const close = async () => {
      await batches.return(undefined)
      await source.return(undefined)
    }
    return { detection, header, headerRow, batches, close }
  } catch (error) {
    await source.return(undefined)
    throw error
  }
}

/**
 * Looks at all of the file: whether it is UTF-8, and whether it can be split. 117 MB come out of the store in 0.2 s. A file
 * that is all head is only looked at; it is read at once. UTF-16 is looked at as the UTF-8 that it says.
 *
 * @throws FileProblem
 */
async function lookThrough(
  { all, complete }: Peeked,
  head: Head,
  stated: Encoding | undefined,
  hints: ReadHints,
  limits: ReadLimits,
): Promise<TextScan> {
  const wide = stated === 'utf-16le' || stated === 'utf-16be'
  const strict = wide || stated === 'utf-8'
  // Marks, line ends and delimiters are the same bytes in every other encoding.
  const layout = layoutOf(head, { encoding: stated ?? 'windows-1252', delimiter: hints.delimiter })
  let skip = layout.skip + (stated === 'utf-8' ? (byteOrderMark(head.bytes)?.length ?? 0) : 0)
  const rows = complete ? null : new CsvRows(layout.delimiter, limits)
  const scan = new TextScan()
  for await (const chunk of wide ? leniently(toUtf8(all, stated)) : all) {
    scan.take(chunk)
    // Who splits what it says finds the row in which it breaks.
    if (strict && !scan.valid) return scan
    rows?.check(chunk.subarray(Math.min(skip, chunk.byteLength)))
    skip = Math.max(skip - chunk.byteLength, 0)
  }
  if (!strict || scan.isUtf8()) rows?.check(null)
  return scan
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

/** @throws FileProblem that says in which row the file is not what it is stated to be */
async function refuseBroken(
  source: AsyncGenerator<Buffer>,
  head: Head,
  choices: { encoding: Encoding; delimiter: ReadHints['delimiter'] },
  limits: ReadLimits,
): Promise<never> {
  try {
    const { delimiter, skip } = layoutOf(head, choices)
    await checkCsv(skipped(toUtf8(source, choices.encoding), skip), delimiter, limits)
  } finally {
    await source.return(undefined)
  }
  throw invalidEncoding(choices.encoding)
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
    for await (const _ of table.batches) {
      // Only for what is thrown.
    }
  } catch (error) {
    if (!(error instanceof CutOff)) throw error
  }
}

class CutOff extends Error {}

async function* cutOff(start: Buffer): AsyncGenerator<Buffer> {
  yield start
  throw new CutOff()
}
