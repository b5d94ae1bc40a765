import { isUtf8 } from 'node:buffer'
import { type ByteSource, fileTooLarge, limited, type Peeked, peek } from './byte-source.ts'
import type { Delimiter } from './delimiter.ts'
import { type Encoding, headText, utf8Boundary } from './encoding.ts'
import { FileProblem } from './file-problem.ts'
import { defaultReadLimits, HEAD_BYTES, type ReadLimits, START_BYTES } from './limits.ts'
import { oleProblem } from './ole.ts'
import { containerOf, refuseBinary, refuseKnownBinary, refuseOtherText } from './signature.ts'
import type { SourceRecord } from './source-record.ts'
import { detectEncoding, type Head, openText, scanText } from './text-file.ts'
import { openWorkbook } from './workbook-file.ts'

export type FileFormat = 'csv' | 'xlsx'

/** What the caller knows or wants. Whatever is given is obeyed and said so in the evidence. */
export interface ReadHints {
  /** Only for the evidence: what a file is, its bytes say. */
  fileName: string
  encoding?: Encoding
  delimiter?: Delimiter
  /** A sheet by its name. */
  sheet?: string
  limits?: Partial<ReadLimits>
  /** Ends the reading, wherever it is: what waits for it throws the signal's reason. */
  signal?: AbortSignal | undefined
}

/** What the file was taken for, and why, in sentences for a person. */
export interface Detection {
  format: FileFormat
  encoding: Encoding | null
  delimiter: Delimiter | null
  sheet: string | null
  /** Of a workbook: the sheets that can be chosen. */
  sheets: string[] | null
  evidence: string[]
}

/** A file whose header has been read. Read the batches to the end, or call `close`. */
export interface OpenedFile {
  detection: Detection
  /** As found, only without the byte order mark. */
  header: string[]
  /** 1, unless blank rows stand above the header. */
  headerRow: number
  /** Records below the header, at most about a thousand at a time. Can be read once. Throws FileProblem. */
  batches: AsyncIterable<SourceRecord[]>
  /** Ends the source and the thread. Harmless after the end and when called twice. */
  close(): Promise<void>
}

/**
 * Says what a file is and opens it as a header and batches of records. Memory stays flat whatever the size: CSV is a
 * stream, a workbook is read where its parts are and inflated piece by piece in a thread.
 *
 * @param file opened once for text whose encoding is known (by its byte order mark or from `hints`), otherwise twice:
 *   see `detectEncoding`; of anything else only its start is, the rest is read by places
 * @throws FileProblem when the file is no table, is something else, or is over a limit
 */
export async function openFile(file: ByteSource, hints: ReadHints): Promise<OpenedFile> {
  const limits = { ...defaultReadLimits, ...hints.limits }
  if (file.size > limits.fileBytes) throw fileTooLarge(limits.fileBytes)
  const source = limited(file.open(), limits.fileBytes, hints.signal)
  try {
    const peeked = await peek(source, START_BYTES)
    if (peeked.head.byteLength === 0) throw new FileProblem('empty-file', 'The file is empty.', { found: '0 bytes' })
    refuseKnownBinary(peeked.head)
    const container = containerOf(peeked.head)
    if (container === 'ole') throw await oleProblem(file)
    if (container === 'zip') return await openedWorkbook(file, hints, limits)
    return await openedText(file, peeked, hints, limits)
  } finally {
    await source.return(undefined)
  }
}

async function openedWorkbook(file: ByteSource, hints: ReadHints, limits: ReadLimits): Promise<OpenedFile> {
  const { sheet, sheets, evidence, header, headerRow, batches, close } = await openWorkbook(
    file,
    hints.sheet,
    limits,
    hints.signal,
  )
  const detection: Detection = { format: 'xlsx', encoding: null, delimiter: null, sheet, sheets, evidence }
  return { detection: named(detection, hints.fileName), header, headerRow, batches, close }
}

async function openedText(file: ByteSource, peeked: Peeked, hints: ReadHints, limits: ReadLimits): Promise<OpenedFile> {
  const bytes = peeked.head.subarray(0, HEAD_BYTES)
  const head: Head = { bytes, complete: peeked.complete && peeked.head.byteLength <= HEAD_BYTES }
  const chosen = await detectEncoding(bytes, hints.encoding, async () => {
    await refuseStart(peeked, head, hints, limits)
    return scanText(peeked.all, limits)
  })
  const { encoding } = chosen
  refuseOther(bytes, encoding)
  const source = limited(file.open(), limits.fileBytes, hints.signal)
  try {
    const choices = { encoding, delimiter: hints.delimiter }
    const table = await openText(source, head, choices, limits)
    const { delimiter, header, headerRow, batches } = table
    const evidence = [chosen.evidence, ...table.evidence]
    const detection: Detection = { format: 'csv', encoding, delimiter, sheet: null, sheets: null, evidence }
    const close = async () => {
      await batches.return(undefined)
      await source.return(undefined)
    }
    return { detection: named(detection, hints.fileName), header, headerRow, batches, close }
  } catch (error) {
    await source.return(undefined)
    throw error
  }
}

function refuseOther(head: Buffer, encoding: Encoding): void {
  if (encoding === 'utf-8' || encoding === 'windows-1252') refuseBinary(head)
  refuseOtherText(headText(head, encoding))
}

/**
 * What is wrong with the start of a file is wrong in either encoding: said before all of it is read to tell which.
 *
 * @throws FileProblem
 */
async function refuseStart({ head: start, complete }: Peeked, head: Head, hints: ReadHints, limits: ReadLimits) {
  refuseOther(head.bytes, 'utf-8')
  if (complete || !isUtf8(start.subarray(0, utf8Boundary(start)))) return
  try {
    const table = await openText(cutOff(start), head, { encoding: 'utf-8', delimiter: hints.delimiter }, limits)
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

/** Says so when the name promises another format than the bytes hold. */
function named(detection: Detection, fileName: string): Detection {
  const extension = /\.([a-z0-9]{1,8})$/i.exec(fileName)?.[1]?.toLowerCase()
  const workbook = extension === 'xlsx' || extension === 'xlsm' || extension === 'xls'
  if (workbook && detection.format === 'csv') {
    return { ...detection, evidence: [`named .${extension}, but it holds text`, ...detection.evidence] }
  }
  if (extension !== undefined && !workbook && detection.format === 'xlsx') {
    return { ...detection, evidence: [`named .${extension}, but it is a workbook`, ...detection.evidence] }
  }
  return detection
}
