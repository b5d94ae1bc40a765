import { createHash } from 'node:crypto'
import { CHUNK_BYTES } from '../../domain/limits.ts'
import type { Db } from '../database.ts'

export interface StoredFile {
  fileId: string
  size: number
  sha256: Buffer
}

/** The file is larger than it may be. What was stored of it is unusable and will be swept. */
export class FileTooLarge extends Error {
  readonly maxBytes: number

  constructor(maxBytes: number) {
    super(`The file is larger than ${maxBytes} bytes.`)
    this.maxBytes = maxBytes
  }
}

/**
 * Streams a file into Postgres, one chunk a statement, with its size and SHA-256 taken on the way. The file stays
 * `uploading`, and thus unusable, until the caller marks it `stored` in the transaction that makes use of it: an
 * upload that is cut off anywhere leaves nothing but chunks to sweep.
 *
 * @throws FileTooLarge as soon as `maxBytes` are passed
 */
export async function storeFile(
  db: Db,
  file: { name: string; source: AsyncIterable<Uint8Array>; maxBytes: number },
): Promise<StoredFile> {
  const { id: fileId } = await db
    .insertInto('files')
    .values({ name: file.name })
    .returning('id')
    .executeTakeFirstOrThrow()
  const digest = createHash('sha256')
  let size = 0
  let seq = 0
  for await (const bytes of inChunks(file.source, CHUNK_BYTES)) {
    size += bytes.length
    if (size > file.maxBytes) throw new FileTooLarge(file.maxBytes)
    digest.update(bytes)
    await db.insertInto('file_chunks').values({ file_id: fileId, seq, bytes }).execute()
    seq += 1
  }
  return { fileId, size, sha256: digest.digest() }
}

/** Reads a stored file, one chunk a query: memory does not grow with the file. A missing file reads as empty. */
export async function* readFile(db: Db, fileId: string): AsyncIterable<Buffer> {
  for (let seq = 0; ; seq++) {
    const chunk = await db
      .selectFrom('file_chunks')
      .select('bytes')
      .where('file_id', '=', fileId)
      .where('seq', '=', seq)
      .executeTakeFirst()
    if (!chunk) return
    yield chunk.bytes
  }
}

/** Cuts a stream of pieces of any size into chunks of one size; only the last may be shorter. */
async function* inChunks(source: AsyncIterable<Uint8Array>, size: number): AsyncIterable<Buffer> {
  let pending: Uint8Array[] = []
  let length = 0
  for await (const piece of source) {
    pending.push(piece)
    length += piece.length
    if (length < size) continue
    const bytes = Buffer.concat(pending, length)
    let from = 0
    for (; length - from >= size; from += size) yield bytes.subarray(from, from + size)
    pending = from < length ? [bytes.subarray(from)] : []
    length -= from
  }
  if (length > 0) yield Buffer.concat(pending, length)
}
