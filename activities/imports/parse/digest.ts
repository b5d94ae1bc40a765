import { createHash } from 'node:crypto'
import type { ByteSource } from '../../../reading/index.ts'

/** Hashes a file while it is read, so that a changed file is noticed, if possible without a second pass. */
export class FileDigest {
  /** The hashed file, for the reader. It can be opened more than once. */
  readonly file: ByteSource
  #digest: Buffer | null = null

  constructor(file: ByteSource) {
    this.file = {
      size: file.size,
      open: () => this.#hashed(file.open()),
      read: (start, end) => file.read(start, end),
    }
  }

  /** Compares the hash. A file that was not read from start to end, such as a workbook, is read now. */
  async matches(sha256: Buffer): Promise<boolean> {
    if (this.#digest === null) {
      for await (const _ of this.file.open()) {
        // Read only for its hash.
      }
    }
    return this.#digest?.equals(sha256) ?? false
  }

  async *#hashed(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256')
    for await (const chunk of bytes) {
      hash.update(chunk)
      yield chunk
    }
    this.#digest = hash.digest()
  }
}
