import type { Delimiter } from './detect/delimiter.ts'
import type { Encoding } from './detect/encoding.ts'
import { oleProblem } from './detect/ole.ts'
import { containerOf, refuseKnownBinary } from './detect/signature.ts'
import { FileProblem } from './file-problem.ts'
import { defaultReadLimits, type ReadLimits, START_BYTES } from './limits.ts'
import { type ByteSource, fileTooLarge, limited, peek } from './source/byte-source.ts'
import type { SourceRecord } from './source/source-record.ts'
import { openText } from './text/open-text.ts'
import { openWorkbook } from './workbook/workbook-file.ts'

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
 * @param file text is opened twice: looked through first (`scanText`), then read; of anything else only the start is, the
 *   rest is read by places
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
    const opened = await openText(file, peeked, hints, limits)
    return { ...opened, detection: named(opened.detection, hints.fileName) }
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
