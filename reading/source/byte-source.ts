import { FileProblem } from '../file-problem.ts'

/** A stored file: opened from its start, any number of times, and read at any place. */
export interface ByteSource {
  /** Bytes. */
  size: number
  open(): AsyncIterable<Uint8Array>
  /** The bytes from `start` up to `end`. Returns fewer only when the store has lost some. */
  read(start: number, end: number): Promise<Uint8Array>
}

/** Divides bytes into parts of `size` over the same memory. The last part may be shorter. */
export function* slices(bytes: Buffer, size: number): Generator<Buffer> {
  for (let start = 0; start < bytes.byteLength; start += size) yield bytes.subarray(start, start + size)
}

/** Returns a Buffer over the same memory, without a copy. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** The same chunks as Buffers, without the empty ones. */
export async function* buffers(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of source) if (chunk.byteLength > 0) yield asBuffer(chunk)
}

/**
 * Passes chunks through until they exceed the limit or the signal is aborted.
 *
 * @throws FileProblem `file-too-large`, or the reason of the signal
 */
export async function* limited(
  source: AsyncIterable<Uint8Array>,
  limit: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const chunk of buffers(source)) {
    signal?.throwIfAborted()
    bytes += chunk.byteLength
    if (bytes > limit) throw fileTooLarge(limit)
    yield chunk
  }
}

export function fileTooLarge(limit: number): FileProblem {
  const most = limit < 1024 * 1024 ? `${limit} bytes` : mebibytes(limit)
  return new FileProblem('file-too-large', `The file is larger than ${most}. Divide it into several files.`, {
    expected: `at most ${most}`,
  })
}

/** Formats a limit in whole mebibytes. */
export function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / (1024 * 1024))} MiB`
}

/** The first bytes of a source, and all of its bytes from the start. Read or return `all`. */
export interface Peeked {
  head: Buffer
  /** The head is the whole file. */
  complete: boolean
  all: AsyncGenerator<Buffer>
}

/** Reads the first `bytes` and keeps them, so that the source is opened only once. */
export async function peek(source: AsyncGenerator<Buffer>, bytes: number): Promise<Peeked> {
  const chunks: Buffer[] = []
  let size = 0
  let complete = false
  while (size < bytes) {
    const next = await source.next()
    if (next.done) {
      complete = true
      break
    }
    chunks.push(next.value)
    size += next.value.byteLength
  }
  const head = Buffer.concat(chunks, Math.min(size, bytes))
  return { head, complete: complete && size <= bytes, all: replay(chunks, source) }
}

async function* replay(chunks: Buffer[], rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* chunks
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}

/** A source over bytes in memory. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.byteLength,
    async *open() {
      yield bytes
    },
    async read(start, end) {
      return bytes.subarray(start, end)
    },
  }
}
