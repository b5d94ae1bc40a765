import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy'
import type { StoredFile } from '../../../db/files/files.ts'
import { ApiProblem, invalidRequest } from '../../http/problems.ts'
import { fileNameOf } from './file-name.ts'

/** Bytes of one field; the longest is `options`. */
const MAX_FIELD = 64 * 1024

/** Fields beside the file: template, options, mapping, and a few that a browser's form may add. */
const MAX_FIELDS = 20

export interface Multipart {
  file: (StoredFile & { name: string }) | null
  /** The value of each field that is not a file. */
  fields: Map<string, string>
}

/** Keeps a file's bytes as they come. */
export type Keep = (name: string, source: AsyncIterable<Uint8Array>) => Promise<StoredFile>

/**
 * Reads a `multipart/form-data` body (RFC 7578) in one pass; the part called `file` goes to `keep` as it comes, in any
 * place among the fields.
 *
 * @throws ApiProblem when the body is cut off or not what its type says; whatever `keep` throws
 */
export async function readMultipart(request: Request, keep: Keep): Promise<Multipart> {
  const busboy = openBusboy(request.headers.get('Content-Type') ?? '')
  const fields = new Map<string, string>()
  const kept: Promise<StoredFile & { name: string }>[] = []
  const streams: BusboyFileStream[] = []
  const stop = new AbortController()
  busboy.on('error', () => undefined) // As above: one error may follow another.
  busboy.on('field', (name, value, _nameCut, valueCut) => {
    if (valueCut) stop.abort(new ApiProblem('too-large', `The field ${JSON.stringify(name)} is too long.`))
    if (fields.has(name)) stop.abort(invalidRequest([{ path: name, message: 'stands in the form twice' }]))
    fields.set(name, value)
  })
  busboy.on('file', (field, stream, fileName) => {
    streams.push(stream)
    stream.on('error', () => undefined) // Whoever reads it is told; unheard, it would end the process.
    if (field !== 'file' || kept.length > 0) {
      stop.abort(new ApiProblem('invalid-request', 'Send one file, in a part called “file”.'))
      return
    }
    const name = fileNameOf(fileName)
    const file = keep(name, stream).then((stored) => ({ ...stored, name }))
    file.catch((error) => stop.abort(error)) // Or the upload would wait for somebody to read it.
    kept.push(file)
  })
  try {
    await pipeline(Readable.fromWeb(bodyOf(request)), busboy, { signal: stop.signal })
  } catch (error) {
    const cause = stop.signal.aborted ? stop.signal.reason : cutOff(error)
    for (const stream of streams) stream.destroy(cause)
    await Promise.allSettled(kept) // Nothing is written any more once the request is answered.
    throw cause
  }
  const [file] = await Promise.all(kept)
  return { file: file ?? null, fields }
}

type NodeStream = Parameters<typeof Readable.fromWeb>[0]

/** Node's and the DOM's declarations of the same stream differ. */
export function bodyOf(request: Request): NodeStream {
  return (request.body ?? new Blob([]).stream()) as NodeStream
}

function openBusboy(contentType: string): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: { fieldSize: MAX_FIELD, fields: MAX_FIELDS, parts: MAX_FIELDS + 2, headerPairs: 20, fieldNameSize: 100 },
    })
  } catch {
    throw new ApiProblem('malformed-request', 'The multipart body has no boundary.')
  }
}

function cutOff(error: unknown): ApiProblem {
  const reason = error instanceof Error && /multipart|part/i.test(error.message) ? 'is not complete' : 'was cut off'
  return new ApiProblem('malformed-request', `The multipart body ${reason}.`)
}
