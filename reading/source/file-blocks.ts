import { Readable } from 'node:stream'
import { RandomAccessReader } from 'yauzl'
import { BLOCK_BYTES, BLOCKS_KEPT } from '../limits.ts'
import type { ByteSource } from './byte-source.ts'

/** The file has no bytes at the requested place. */
export class EndsTooEarly extends Error {}

/**
 * Reads a file at any place, by blocks on demand. Keeps the last few, because a directory is read in thousands of small
 * steps, and a part is inflated in order.
 */
export class FileBlocks {
  readonly size: number
  private readonly source: Pick<ByteSource, 'read'>
  private readonly kept = new Map<number, Promise<Uint8Array>>()

  constructor(source: Pick<ByteSource, 'size' | 'read'>) {
    this.source = source
    this.size = source.size
  }

  /** Yields the bytes from `start` up to `end`, in pieces that the caller must not change. @throws EndsTooEarly when the file is shorter */
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

  /** Like `stream`, in one piece. For a few kilobytes. */
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
    // The least recently used block comes first.
    this.kept.delete(index)
    this.kept.set(index, block)
    const [oldest] = this.kept.keys()
    if (this.kept.size > BLOCKS_KEPT && oldest !== undefined) this.kept.delete(oldest)
    return block
  }
}

/** Adapts FileBlocks to yauzl. */
export class BlocksReader extends RandomAccessReader {
  private readonly blocks: FileBlocks

  constructor(blocks: FileBlocks) {
    super()
    this.blocks = blocks
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.blocks.stream(start, end), { objectMode: false })
  }

  /** Overrides yauzl's own way, which creates three streams for each step and takes seconds for a directory. */
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
