import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { CHUNK_BYTES } from '../../domain/imports/limits.ts'
import type { Db, Trx } from '../core/database.ts'

export interface StoredFile {
  fileId: string
  /** Bytes. */
  size: number
  sha256: Buffer
}

export interface FileSource {
  /** As the person called it; shown, never used as a path. */
  name: string
  source: AsyncIterable<Uint8Array>
  /** Bytes after which the upload is refused. */
  maxBytes: number
}

/** The upload grew past its limit; what was read of it is gone. */
export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge'
}

/**
 * Streams a file into the database, a chunk a statement, so that neither memory nor a transaction grows with it. The
 * file counts for nothing until `markStored`; what is cut off before is removed here or swept later (`sweepFiles`).
 *
 * @throws FileTooLarge, or whatever the source throws
 */
export async function uploadFile(db: Db, { name, source, maxBytes }: FileSource): Promise<StoredFile> {
  const { id } = await db.insertInto('files').values({ name, sha256: null }).returning('id').executeTakeFirstOrThrow()
  const hash = createHash('sha256')
  let size = 0
  let seq = 0
  try {
    for await (const bytes of inChunks(source)) {
      size += bytes.byteLength
      if (size > maxBytes) throw new FileTooLarge()
      hash.update(bytes)
      await db.insertInto('file_chunks').values({ file_id: id, seq: seq++, bytes }).execute()
    }
  } catch (error) {
    await removeFile(db, id).catch(() => undefined) // The sweep finds it.
    throw error
  }
  return { fileId: id, size, sha256: hash.digest() }
}

/** Makes an uploaded file count. Belongs into the transaction that refers to it. */
export async function markStored(db: Db | Trx, { fileId, size, sha256 }: StoredFile): Promise<void> {
  await db.updateTable('files').set({ state: 'stored', size, sha256 }).where('id', '=', fileId).execute()
}

/** Uploads a file and makes it count at once. */
export async function storeFile(db: Db, file: FileSource): Promise<StoredFile> {
  const stored = await uploadFile(db, file)
  await markStored(db, stored)
  return stored
}

export async function removeFile(db: Db | Trx, fileId: string): Promise<void> {
  await db.deleteFrom('files').where('id', '=', fileId).execute()
}

/** No import and no draft refers to it. */
const unused = sql<boolean>`NOT EXISTS (SELECT FROM imports i WHERE i.file_id = files.id)
  AND NOT EXISTS (SELECT FROM drafts d WHERE d.file_id = files.id)`

/** Removes a file unless an import or a draft refers to it. */
export async function removeUnusedFile(db: Db | Trx, fileId: string): Promise<void> {
  await db.deleteFrom('files').where('id', '=', fileId).where(unused).execute()
}

/**
 * Removes files that no import and no draft refers to: uploads that were cut off, and those that lost the race for an idempotency
 * key. Only those older than an hour: the server ends an upload that takes half as long.
 *
 * @returns how many were removed
 */
export async function sweepFiles(db: Db, limit: number): Promise<number> {
  const orphans = db
    .selectFrom('files')
    .where('created_at', '<', sql<Date>`now() - interval '1 hour'`)
    .where(unused)
    .select('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
  const { numDeletedRows } = await db.deleteFrom('files').where('id', 'in', orphans).executeTakeFirst()
  return Number(numDeletedRows)
}

/** Joins and splits pieces of any size into chunks of exactly `CHUNK_BYTES`; the last may be shorter. */
async function* inChunks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let pending: Uint8Array[] = []
  let length = 0
  for await (const piece of source) {
    pending.push(piece)
    length += piece.byteLength
    if (length < CHUNK_BYTES) continue
    const joined = Buffer.concat(pending)
    let from = 0
    for (; length - from >= CHUNK_BYTES; from += CHUNK_BYTES) yield joined.subarray(from, from + CHUNK_BYTES)
    pending = [joined.subarray(from)]
    length -= from
  }
  if (length > 0) yield Buffer.concat(pending)
}
