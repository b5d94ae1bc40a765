import { createHash, type Hash } from 'node:crypto'

/** Hashes a file while it is read, so that a stored file that changed is noticed without a pass of its own. */
export class FileDigest {
  readonly #read: () => AsyncIterable<Uint8Array>
  #hash: Hash = createHash('sha256')

  constructor(read: () => AsyncIterable<Uint8Array>) {
    this.#read = read
  }

  /** Opens the file from its start; a reader may do so more than once, and the last time counts. */
  readonly open = async function* (this: FileDigest): AsyncIterable<Uint8Array> {
    const hash = createHash('sha256')
    this.#hash = hash
    for await (const chunk of this.#read()) {
      hash.update(chunk)
      yield chunk
    }
  }.bind(this)

  /** To be asked once, after the last byte was read. */
  matches(sha256: Buffer): boolean {
    return this.#hash.digest().equals(sha256)
  }
}
