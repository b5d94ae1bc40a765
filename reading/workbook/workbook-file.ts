import { Worker } from 'node:worker_threads'
import { FileProblem, type FileProblemCode, type FileProblemPlace } from '../file-problem.ts'
import { type ReadLimits, THREAD_HEAP_MB } from '../limits.ts'
import { type ByteSource, fileTooLarge } from '../source/byte-source.ts'
import type { SourceRecord } from '../source/source-record.ts'
import { tooComplex } from './workbook-problem.ts'

/** What the thread is started with. It asks for the bytes of the file as it needs them. */
export interface ThreadInput {
  /** Bytes of the file. */
  size: number
  sheet: string | undefined
  limits: ReadLimits
}

/** What the thread is sent: that a batch was taken, or the bytes that it asked for. */
export type ThreadOrder = { type: 'more' } | { type: 'bytes'; id: number; bytes: Uint8Array }

export type ThreadMessage =
  | { type: 'read'; id: number; start: number; end: number }
  | { type: 'opened'; sheet: string; sheets: string[]; evidence: string[]; header: string[]; headerRow: number }
  | { type: 'records'; records: SourceRecord[] }
  | { type: 'end' }
  | { type: 'problem'; code: FileProblemCode; message: string; place: FileProblemPlace }

/** A workbook whose header has been read in its thread. */
export interface WorkbookFile {
  sheet: string
  sheets: string[]
  evidence: string[]
  header: string[]
  headerRow: number
  batches: AsyncGenerator<SourceRecord[]>
  close(): Promise<void>
}

/**
 * Reads a workbook in a thread of its own, so that no file can fill this process's heap or block it.
 *
 * @param file read at those places only that the sheet needs: pictures are not, and memory does not grow with it
 * @param signal ends the thread at once, also while the workbook is opened
 * @throws FileProblem, what the file throws, or the reason of the signal
 */
export async function openWorkbook(
  file: ByteSource,
  sheet: string | undefined,
  limits: ReadLimits,
  signal: AbortSignal | undefined,
): Promise<WorkbookFile> {
  if (file.size > limits.workbookBytes) throw fileTooLarge(limits.workbookBytes)
  const thread = startThread({ size: file.size, sheet, limits })
  const messages = new Messages(thread, file, limits.silenceMs, signal)
  const close = async () => {
    messages.stop()
    await thread.terminate()
  }
  try {
    const opened = await messages.next()
    if (opened.type !== 'opened') throw new Error(`The thread of a workbook began with ${opened.type}`)
    const { type: _, ...header } = opened
    return { ...header, batches: batchesOf(thread, messages, close), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Runs from `dist/` as JavaScript; from the sources (tests, tsx) through a loader, because Node 20 reads no TypeScript. */
function startThread(input: ThreadInput): Worker {
  const script = import.meta.url.endsWith('.ts') ? './xlsx-thread-from-sources.mjs' : './xlsx-thread.js'
  return new Worker(new URL(script, import.meta.url), {
    workerData: input,
    resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MB, maxYoungGenerationSizeMb: 16 },
    // The thread prints nothing; what a library might print stays out of the process's output.
    stdout: true,
    stderr: true,
  })
}

async function* batchesOf(
  thread: Worker,
  messages: Messages,
  close: () => Promise<void>,
): AsyncGenerator<SourceRecord[]> {
  try {
    for (;;) {
      const message = await messages.next()
      if (message.type !== 'records') return
      yield message.records
      order(thread, { type: 'more' })
    }
  } finally {
    await close()
  }
}

function order(thread: Worker, message: ThreadOrder, memory: ArrayBuffer[] = []): void {
  thread.postMessage(message, memory)
}

/** The thread's messages in order; a problem that it found, or its own end, is thrown when its turn comes. */
class Messages {
  private readonly waiting: ThreadMessage[] = []
  private readonly thread: Worker
  private readonly file: ByteSource
  private readonly silenceMs: number
  private readonly signal: AbortSignal | undefined
  private failure: Error | null = null
  private wake: (() => void) | null = null
  private readonly onAbort = () => this.fail(this.signal?.reason)

  constructor(thread: Worker, file: ByteSource, silenceMs: number, signal: AbortSignal | undefined) {
    this.thread = thread
    this.file = file
    this.silenceMs = silenceMs
    this.signal = signal
    if (signal?.aborted) this.onAbort()
    signal?.addEventListener('abort', this.onAbort)
    thread.on('message', (message: ThreadMessage) => {
      if (message.type === 'read') return this.answer(message)
      this.waiting.push(message)
      this.wake?.()
    })
    thread.on('error', (error: Error) => this.fail(outOfMemory(error) ? tooComplex() : error))
    thread.on('exit', () => this.fail(new Error('The thread of a workbook was ended')))
  }

  /** Forgets the signal, which may live much longer. */
  stop(): void {
    this.signal?.removeEventListener('abort', this.onAbort)
  }

  /** @throws FileProblem `workbook-too-complex` when the thread stays silent; whoever asked ends it then */
  async next(): Promise<ThreadMessage> {
    const timer = setTimeout(() => this.fail(tooComplex()), this.silenceMs)
    try {
      for (;;) {
        const message = this.waiting.shift()
        if (message?.type === 'problem') throw new FileProblem(message.code, message.message, message.place)
        if (message !== undefined) return message
        if (this.failure !== null) throw this.failure
        await new Promise<void>((resolve) => {
          this.wake = resolve
        })
      }
    } finally {
      clearTimeout(timer)
    }
  }

  /** What fails here is no fault of the workbook: it is thrown as it is, not told to the thread. */
  private answer({ id, start, end }: { id: number; start: number; end: number }): void {
    this.file.read(start, end).then(
      (read) => {
        // A copy of its own, which can move to the thread whoever else holds the memory.
        const bytes = new Uint8Array(read)
        order(this.thread, { type: 'bytes', id, bytes }, [bytes.buffer])
      },
      (error: Error) => this.fail(error),
    )
  }

  /** The first reason stands: an error is followed by the exit that it causes. */
  private fail(reason: Error): void {
    this.failure ??= reason
    this.wake?.()
  }
}

function outOfMemory(error: Error): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
}
