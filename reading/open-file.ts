import { oleProblem } from './detect/ole.ts'
import { type Container, containerOf, refuseKnownBinary } from './detect/signature.ts'
import { FileProblem } from './file-problem.ts'
import { defaultReadLimits, type ReadLimits, START_BYTES } from './limits.ts'
import type { Detection, OpenedFile, ReadHints } from './opened-file.ts'
import { type ByteSource, bytesSource, fileTooLarge, limited, peek } from './source/byte-source.ts'
import { openText } from './text/open-text.ts'
import { openInThread } from './thread/open-in-thread.ts'

/**
 * Detects what a file is and opens it as a header and batches of records. Memory does not grow with the file: a thread
 * reads CSV as a stream, and of a workbook only the parts that the sheet needs.
 *
 * Text that fits into START_BYTES is read here, because a thread takes longer to start than such a file to read.
 *
 * @param file text is opened twice, to detect its encoding and to read it. Of other formats only the start is streamed,
 *   and the rest is read by place.
 * @throws FileProblem when the file is not a table, or exceeds a limit
 */
export async function openFile(file: ByteSource, hints: ReadHints): Promise<OpenedFile> {
  const limits = { ...defaultReadLimits, ...hints.limits }
  if (file.size > limits.fileBytes) throw fileTooLarge(limits.fileBytes)
  const { head, complete, container } = await startOf(file, hints.signal, limits)
  if (container === 'ole') throw await oleProblem(file)
  if (container === 'zip' && file.size > limits.workbookBytes) throw fileTooLarge(limits.workbookBytes)
  const opened =
    container === 'text' && complete
      ? await openHere(head, hints, limits)
      : await openInThread(file, container === 'zip' ? 'xlsx' : 'csv', hints, limits)
  return { ...opened, detection: named(opened.detection, hints.fileName) }
}

interface Start {
  head: Buffer
  /** The head is the whole file. */
  complete: boolean
  container: Container
}

async function startOf(file: ByteSource, signal: AbortSignal | undefined, limits: ReadLimits): Promise<Start> {
  const source = limited(file.open(), limits.fileBytes, signal)
  try {
    const { head, complete } = await peek(source, START_BYTES)
    if (head.byteLength === 0) throw new FileProblem('empty-file', 'The file is empty.', { found: '0 bytes' })
    refuseKnownBinary(head)
    return { head, complete, container: containerOf(head) }
  } finally {
    await source.return(undefined)
  }
}

async function openHere(bytes: Buffer, hints: ReadHints, limits: ReadLimits): Promise<OpenedFile> {
  const table = await openText(bytesSource(bytes), hints, limits)
  const close = async () => {
    await table.batches.return(undefined)
  }
  return { ...table, close }
}

/** Adds evidence when the file's name promises a format that its bytes are not. */
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
