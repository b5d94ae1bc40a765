import { Readable } from 'node:stream'
import { RandomAccessReader } from 'yauzl'
import { BLOCK_BYTES, BLOCKS_KEPT } from '../limits.ts'
import type { ByteSource } from './byte-source.ts'

/** There is nothing at the place that was asked for. */
export class EndsTooEarly extends Error {}

/**
 * A file at any place, by blocks that are asked for when they are needed. The last few are kept: a directory is read
 * in thousands of small steps, and what is inflated stands one behind the other.
 */
export class FileBlocks {
  readonly size: number
  private readonly source: Pick<ByteSource, 'read'>
  private readonly kept = new Map<number, Promise<Uint8Array>>()

  constructor(source: Pick<ByteSource, 'size' | 'read'>) {
    this.source = source
    this.size = source.size
  }

  /** The bytes from `start` up to `end`, in pieces that nobody may change. @throws when the file has not as many */
  async *stream(start: number, end: number): AsyncGenerator<Buffer> {
    for (let from = start; from < end; ) {
      const index = Math.floor(from / BLOCK_BYTES)
      const block = await this.block(index)
      const at = from - index * BLOCK_BYTES
      const piece = block.subarray(at, at + end - from)
      if (piece.byteLength === 0) throw new EndsTooEarly()
      yield Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
      from += piece.byteLength
    }
  }

  /** As `stream`, in one piece; meant for a few kilobytes. */
  async read(start: number, end: number): Promise<Buffer> {
    const pieces: Buffer[] = []
    for await (const piece of this.stream(start, end)) pieces.push(piece)
    return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)
  }

  private async block(index: number): Promise<Uint8Array> {
    const start = index * BLOCK_BYTES
    if (start >= this.size) throw new EndsTooEarly()
    const kept = this.kept.get(index)
    const block = kept ?? this.source.read(start, Math.min(this.size, start + BLOCK_BYTES))
    // The one that was not used for longest stands first.
    this.kept.delete(index)
    this.kept.set(index, block)
    const [oldest] = this.kept.keys()
    if (this.kept.size > BLOCKS_KEPT && oldest !== undefined) this.kept.delete(oldest)
    return block
  }
}

/** The same for yauzl. */
export class BlocksReader extends RandomAccessReader {
  private readonly blocks: FileBlocks

  constructor(blocks: FileBlocks) {
    super()
    this.blocks = blocks
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.blocks.stream(start, end), { objectMode: false })
  }

  /** Not by its streams: a directory is read in thousands of steps, and three streams for each take seconds. */
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.blocks.read(position, position + length).then(
      (bytes) => {
        buffer.set(bytes, offset)
        setImmediate(callback, null)
      },
      (error: Error) => setImmediate(callback, error),
    )
  }
}
