import { createHash } from 'node:crypto'
import type { ByteSource } from '../../../reading/index.ts'

/** Hashes a file while it is read, so that a stored file that changed is noticed, where possible without a pass of its own. */
export class FileDigest {
  /** The file, to be read instead; a reader may open it more than once. */
  readonly file: ByteSource
  #digest: Buffer | null = null

  constructor(file: ByteSource) {
    this.file = {
      size: file.size,
      open: () => this.#hashed(file.open()),
      read: (start, end) => file.read(start, end),
    }
  }

  /** A file that was not read from its start to its end, as a workbook is not, is read so now. */
  async matches(sha256: Buffer): Promise<boolean> {
    if (this.#digest === null) {
      for await (const _ of this.file.open()) {
        // Only for its hash.
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
