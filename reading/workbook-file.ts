import { Worker } from 'node:worker_threads'
import { FileProblem, type FileProblemCode, type FileProblemPlace } from './file-problem.ts'
import { type ReadLimits, THREAD_HEAP_MB } from './limits.ts'
import { collectPieces } from './pieces.ts'
import type { SourceRecord } from './source-record.ts'
import { tooComplex } from './xml.ts'

/** What the thread is started with. The file's memory moves to it. */
export interface ThreadInput {
  file: Uint8Array<ArrayBuffer>[]
  sheet: string | undefined
  limits: ReadLimits
}

export type ThreadMessage =
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
 * @param source the file; held in memory whole, because a ZIP's directory is at its end
 * @throws FileProblem
 */
export async function openWorkbook(
  source: AsyncIterable<Buffer>,
  sheet: string | undefined,
  limits: ReadLimits,
): Promise<WorkbookFile> {
  const file = await collectPieces(source, limits.workbookBytes)
  const thread = startThread({ file, sheet, limits })
  const messages = new Messages(thread, limits.silenceMs)
  try {
    const opened = await messages.next()
    if (opened.type !== 'opened') throw new Error(`The thread of a workbook began with ${opened.type}`)
    const { type: _, ...header } = opened
    return { ...header, batches: batchesOf(thread, messages), close: () => end(thread) }
  } catch (error) {
    await end(thread)
    throw error
  }
}

/** Runs from `dist/` as JavaScript; from the sources (tests, tsx) through a loader, because Node 20 reads no TypeScript. */
function startThread(input: ThreadInput): Worker {
  const script = import.meta.url.endsWith('.ts') ? './xlsx-thread-from-sources.mjs' : './xlsx-thread.js'
  return new Worker(new URL(script, import.meta.url), {
    workerData: input,
    transferList: input.file.map(({ buffer }) => buffer),
    resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MB, maxYoungGenerationSizeMb: 16 },
    // The thread prints nothing; what a library might print stays out of the process's output.
    stdout: true,
    stderr: true,
  })
}

async function* batchesOf(thread: Worker, messages: Messages): AsyncGenerator<SourceRecord[]> {
  try {
    for (;;) {
      const message = await messages.next()
      if (message.type !== 'records') return
      yield message.records
      thread.postMessage('more')
    }
  } finally {
    await end(thread)
  }
}

async function end(thread: Worker): Promise<void> {
  await thread.terminate()
}

/** The thread's messages in order; a problem that it found, or its own end, is thrown when its turn comes. */
class Messages {
  private readonly waiting: ThreadMessage[] = []
  private readonly silenceMs: number
  private failure: Error | null = null
  private wake: (() => void) | null = null

  constructor(thread: Worker, silenceMs: number) {
    this.silenceMs = silenceMs
    thread.on('message', (message: ThreadMessage) => {
      this.waiting.push(message)
      this.wake?.()
    })
    thread.on('error', (error: Error) => this.fail(outOfMemory(error) ? tooComplex() : error))
    thread.on('exit', () => this.fail(new Error('The thread of a workbook was ended')))
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

  /** The first reason stands: an error is followed by the exit that it causes. */
  private fail(reason: Error): void {
    this.failure ??= reason
    this.wake?.()
  }
}

function outOfMemory(error: Error): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
}
