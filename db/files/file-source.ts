import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { CHUNK_BYTES } from '../../domain/imports/limits.ts'

/** Opens a stored file for reading from its start or at any position. A deleted file is empty. */
export async function fileSource(pool: pg.Pool, fileId: string) {
  // The sum of the chunks, which PostgreSQL computes without reading the bytes. `files.size` is 0 until `markStored`.
  const { rows } = await pool.query<{ size: number }>(
    'SELECT coalesce(sum(octet_length(bytes)), 0)::int AS size FROM file_chunks WHERE file_id = $1',
    [fileId],
  )
  return {
    size: rows[0]?.size ?? 0,
    open: () => readFile(pool, fileId),
    read: (start: number, end: number) => readRange(pool, fileId, start, end),
  }
}

/** Yields the bytes in order, up to the first missing chunk. */
async function* readFile(pool: pg.Pool, fileId: string): AsyncGenerator<Buffer> {
  for (let seq = 0; ; seq++) {
    const pieces = await readChunk(pool, fileId, seq)
    if (pieces === null) return
    yield* pieces
  }
}

/** Reads the bytes from `start` up to `end`, or up to the first missing chunk, into a buffer of its own. */
async function readRange(pool: pg.Pool, fileId: string, start: number, end: number): Promise<Buffer> {
  const range = Buffer.allocUnsafeSlow(end - start)
  let at = Math.floor(start / CHUNK_BYTES) * CHUNK_BYTES
  while (at < end) {
    const pieces = await readChunk(pool, fileId, at / CHUNK_BYTES)
    if (pieces === null) break
    for (const piece of pieces) {
      const wanted = piece.subarray(Math.max(start - at, 0), Math.max(end - at, 0))
      if (wanted.byteLength > 0) range.set(wanted, Math.max(at - start, 0))
      at += piece.byteLength
    }
    if (at % CHUNK_BYTES !== 0) break
  }
  return range.subarray(0, Math.max(Math.min(at, end) - start, 0))
}

/**
 * Reads one chunk, in the pieces in which it arrives. As the value of a query it would arrive in hexadecimal: four times
 * the work, and ten megabytes of garbage for each megabyte. The connection is released before the caller uses the pieces.
 *
 * @returns null for a missing chunk
 */
async function readChunk(pool: pg.Pool, fileId: string, seq: number): Promise<Buffer[] | null> {
  const chunk = `SELECT bytes FROM file_chunks WHERE file_id = ${pg.escapeLiteral(fileId)} AND seq = ${seq}`
  const client = await pool.connect()
  try {
    const pieces: Buffer[] = []
    for await (const piece of client.query(copyTo(`COPY (${chunk}) TO STDOUT (FORMAT binary)`))) pieces.push(piece)
    client.release()
    return chunkOf(pieces)
  } catch (error) {
    client.release(true)
    throw error
  }
}

/** The bytes around one value in COPY's binary format (PostgreSQL manual, "COPY", "Binary Format"): signature, flags, length of the extension. */
const HEADER_BYTES = 11 + 4 + 4
/** Number of fields, length of the first. */
const TUPLE_BYTES = 2 + 4
const TRAILER_BYTES = 2

function chunkOf(pieces: Buffer[]): Buffer[] | null {
  const length = pieces.reduce((sum, piece) => sum + piece.byteLength, 0)
  if (length <= HEADER_BYTES + TRAILER_BYTES) return null
  const [start, end] = [HEADER_BYTES + TUPLE_BYTES, length - TRAILER_BYTES]
  let at = 0
  return pieces.flatMap((piece) => {
    const from = at
    at += piece.byteLength
    const value = piece.subarray(Math.max(start - from, 0), Math.max(end - from, 0))
    return value.byteLength > 0 ? [value] : []
  })
}
