import type { Worker } from 'node:worker_threads'
import { FileProblem } from '../file-problem.ts'
import type { ThreadMessage, ThreadOrder, ThreadQuestion } from './protocol.ts'
import type { ServedFile } from './served-file.ts'

/** A message that is not about bytes of the file. */
type TableMessage = Exclude<ThreadMessage, ThreadQuestion | { type: 'close' } | { type: 'problem' }>

export interface MessageOptions {
  signal: AbortSignal | undefined
  /** Milliseconds without any message after which the thread counts as hung. */
  silenceMs: number
  /** The error for a thread that hangs or has filled its heap. */
  exhausted: () => Error
}

/** The thread's messages in order. Answers its questions. Throws its problem, or its end, after the messages before it. */
export class Messages {
  private readonly waiting: Exclude<ThreadMessage, ThreadQuestion | { type: 'close' }>[] = []
  private readonly thread: Worker
  private readonly file: ServedFile
  private readonly options: MessageOptions
  private failure: Error | null = null
  private wake: (() => void) | null = null
  private timer: NodeJS.Timeout | null = null
  private readonly onAbort = () => this.fail(this.options.signal?.reason)

  constructor(thread: Worker, file: ServedFile, options: MessageOptions) {
    this.thread = thread
    this.file = file
    this.options = options
    const { signal, exhausted } = options
    if (signal?.aborted) this.onAbort()
    signal?.addEventListener('abort', this.onAbort)
    thread.on('message', (message: ThreadMessage) => this.take(message))
    thread.on('error', (error: Error) => this.fail(outOfMemory(error) ? exhausted() : error))
    thread.on('exit', () => this.fail(new Error('The reading thread was ended')))
  }

  /** Ends the file's streams, and removes the listener from the signal, which may live much longer. */
  stop(): void {
    this.options.signal?.removeEventListener('abort', this.onAbort)
    this.file.closeAll()
  }

  /** @throws FileProblem, or the error of a thread that is silent for too long; the caller then ends the thread */
  async next(): Promise<TableMessage> {
    this.timer = setTimeout(() => this.fail(this.options.exhausted()), this.options.silenceMs)
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
      clearTimeout(this.timer)
      this.timer = null
    }
  }

  /** Confirms a batch, so that the thread may send another. */
  confirm(): void {
    this.order({ type: 'more' })
  }

  private take(message: ThreadMessage): void {
    this.timer?.refresh()
    if (message.type === 'read' || message.type === 'next') this.answer(message)
    else if (message.type === 'close') this.file.close(message.stream)
    else {
      this.waiting.push(message)
      this.wake?.()
    }
  }

  /** An error of the file is not the thread's: it is thrown here as it is. */
  private answer(question: ThreadQuestion): void {
    this.file.bytesFor(question).then(
      (bytes) => this.order({ type: 'bytes', id: question.id, bytes }, bytes === null ? [] : [bytes.buffer]),
      (error: Error) => this.fail(error),
    )
  }

  private order(message: ThreadOrder, memory: ArrayBuffer[] = []): void {
    this.thread.postMessage(message, memory)
  }

  /** Keeps the first reason: an error is followed by the exit that it causes. */
  private fail(reason: Error): void {
    this.failure ??= reason
    this.wake?.()
  }
}

function outOfMemory(error: Error): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
}
