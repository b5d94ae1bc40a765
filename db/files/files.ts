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
  /** The name that the administrator's file has. Displayed, never used as a path. */
  name: string
  source: AsyncIterable<Uint8Array>
  /** Most bytes of an upload. A larger one is rejected. */
  maxBytes: number
}

/** The upload is larger than its limit. Its chunks are deleted. */
export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge'
}

/**
 * Streams a file into the database, one chunk in each statement, so that neither memory nor a transaction grows with it.
 * The file is not used until `markStored`. An incomplete one is deleted here, or later by `sweepFiles`.
 *
 * @throws FileTooLarge, or the error of the source
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

/** Marks an uploaded file as complete. Call it in the transaction that refers to the file. */
export async function markStored(db: Db | Trx, { fileId, size, sha256 }: StoredFile): Promise<void> {
  await db.updateTable('files').set({ state: 'stored', size, sha256 }).where('id', '=', fileId).execute()
}

/** Uploads a file and marks it as complete. */
export async function storeFile(db: Db, file: FileSource): Promise<StoredFile> {
  const stored = await uploadFile(db, file)
  await markStored(db, stored)
  return stored
}

export async function removeFile(db: Db | Trx, fileId: string): Promise<void> {
  await db.deleteFrom('files').where('id', '=', fileId).execute()
}

/** True where no import and no draft refers to the file. */
const unused = sql<boolean>`NOT EXISTS (SELECT FROM imports WHERE imports.file_id = files.id)
  AND NOT EXISTS (SELECT FROM drafts WHERE drafts.file_id = files.id)`

/** Deletes a file unless an import or a draft refers to it. */
export async function removeUnusedFile(db: Db | Trx, fileId: string): Promise<void> {
  await db.deleteFrom('files').where('id', '=', fileId).where(unused).execute()
}

/**
 * Deletes files that no import and no draft refers to: incomplete uploads, and uploads that lost the race for an
 * idempotency key. Only files older than an hour, because the server ends an upload after half an hour.
 *
 * @returns how many were deleted
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
