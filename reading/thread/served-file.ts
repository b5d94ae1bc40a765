import { STREAM_BLOCK_BYTES } from '../limits.ts'
import { type ByteSource, limited } from '../source/byte-source.ts'
import type { ThreadQuestion } from './protocol.ts'

/** Answers the thread's questions for bytes of the file. Each answer has memory of its own, which can move to the thread. */
export class ServedFile {
  private readonly file: ByteSource
  private readonly open: () => AsyncGenerator<Buffer>
  private readonly streams = new Map<number, AsyncGenerator<Buffer>>()

  /** @param mostBytes limit of a stream */
  constructor(file: ByteSource, mostBytes: number, signal: AbortSignal | undefined) {
    this.file = file
    this.open = () => limited(file.open(), mostBytes, signal)
  }

  /**
   * @returns null at the end of a stream
   * @throws what the file throws, and FileProblem `file-too-large`
   */
  async bytesFor(question: ThreadQuestion): Promise<Uint8Array<ArrayBuffer> | null> {
    if (question.type === 'read') return new Uint8Array(await this.file.read(question.start, question.end))
    const stream = this.streams.get(question.stream) ?? this.open()
    this.streams.set(question.stream, stream)
    return nextBlock(stream)
  }

  /** Ends one stream. Does not wait for it, because a store may never answer. */
  close(id: number): void {
    this.streams
      .get(id)
      ?.return(undefined)
      .catch(() => undefined)
    this.streams.delete(id)
  }

  closeAll(): void {
    for (const id of [...this.streams.keys()]) this.close(id)
  }
}

async function nextBlock(stream: AsyncGenerator<Buffer>): Promise<Uint8Array<ArrayBuffer> | null> {
  const pieces: Buffer[] = []
  let size = 0
  while (size < STREAM_BLOCK_BYTES) {
    const next = await stream.next()
    if (next.done) break
    pieces.push(next.value)
    size += next.value.byteLength
  }
  if (size === 0) return null
  const block = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    block.set(piece, at)
    at += piece.byteLength
  }
  return block
}
