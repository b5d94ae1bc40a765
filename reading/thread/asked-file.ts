import type { MessagePort } from 'node:worker_threads'
import type { ByteSource } from '../source/byte-source.ts'
import type { ThreadMessage } from './protocol.ts'

/** A file whose bytes the main thread reads. If it cannot read them, it ends this thread. */
export class AskedFile implements ByteSource {
  readonly size: number
  private readonly port: MessagePort
  private readonly waiting = new Map<number, (bytes: Uint8Array | null) => void>()
  private questions = 0
  private streams = 0

  constructor(size: number, port: MessagePort) {
    this.size = size
    this.port = port
  }

  /** Takes the answer to a question. */
  answer(id: number, bytes: Uint8Array | null): void {
    this.waiting.get(id)?.(bytes)
    this.waiting.delete(id)
  }

  /** Asks for the next bytes before it yields the last ones, so that the main thread reads while this one parses. */
  async *open(): AsyncGenerator<Uint8Array> {
    const stream = this.streams++
    let next = this.ask((id) => ({ type: 'next', id, stream }))
    try {
      for (;;) {
        const bytes = await next
        if (bytes === null) return
        next = this.ask((id) => ({ type: 'next', id, stream }))
        yield bytes
      }
    } finally {
      this.post({ type: 'close', stream })
    }
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    return (await this.ask((id) => ({ type: 'read', id, start, end }))) ?? new Uint8Array()
  }

  private ask(question: (id: number) => ThreadMessage): Promise<Uint8Array | null> {
    const id = this.questions++
    return new Promise((resolve) => {
      this.waiting.set(id, resolve)
      this.post(question(id))
    })
  }

  private post(message: ThreadMessage): void {
    this.port.postMessage(message)
  }
}
