import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy'
import type { StoredFile } from '../../../db/files/files.ts'
import { ApiProblem, invalidRequest } from '../../http/problems.ts'
import { fileNameOf } from './file-name.ts'

/** Bytes of one field. The longest field is `options`. */
const MAX_FIELD_BYTES = 64 * 1024

/** Fields besides the file: template, options, mapping, and a few that a browser's form may add. */
const MAX_FIELDS = 20

export interface Multipart {
  file: (StoredFile & { name: string }) | null
  /** The value of each field that is not a file. */
  fields: Map<string, string>
}

/** Stores a file's bytes as they arrive. */
export type StoreFile = (name: string, source: AsyncIterable<Uint8Array>) => Promise<StoredFile>

/**
 * Reads a `multipart/form-data` body (RFC 7578) in one pass. Streams the part called `file` to `store`, wherever it
 * stands among the fields.
 *
 * @throws ApiProblem when the body is cut off or malformed. Passes on the errors of `store`
 */
export async function readMultipart(request: Request, store: StoreFile): Promise<Multipart> {
  const busboy = openBusboy(request.headers.get('Content-Type') ?? '')
  const fields = new Map<string, string>()
  const stored: Promise<StoredFile & { name: string }>[] = []
  const streams: BusboyFileStream[] = []
  const stop = new AbortController()
  busboy.on('error', () => undefined) // The pipeline reports the first error. Without a listener, a second one ends the process.
  busboy.on('field', (name, value, _nameCut, valueCut) => {
    if (valueCut) stop.abort(new ApiProblem('too-large', `The field ${JSON.stringify(name)} is too long.`))
    if (fields.has(name)) stop.abort(invalidRequest([{ path: name, message: 'appears twice in the form' }]))
    fields.set(name, value)
  })
  busboy.on('file', (field, stream, fileName) => {
    streams.push(stream)
    stream.on('error', () => undefined) // The reader gets the error. Without a listener, it ends the process.
    if (field !== 'file' || stored.length > 0) {
      stop.abort(new ApiProblem('invalid-request', 'Send one file, in a part called “file”.'))
      return
    }
    const name = fileNameOf(fileName)
    const file = store(name, stream).then((stored) => ({ ...stored, name }))
    file.catch((error) => stop.abort(error)) // Otherwise the upload waits for a reader that has stopped.
    stored.push(file)
  })
  try {
    await pipeline(Readable.fromWeb(bodyOf(request)), busboy, { signal: stop.signal })
  } catch (error) {
    const cause = stop.signal.aborted ? stop.signal.reason : cutOff(error)
    for (const stream of streams) stream.destroy(cause)
    await Promise.allSettled(stored) // After the response, nothing may be written.
    throw cause
  }
  const [file] = await Promise.all(stored)
  return { file: file ?? null, fields }
}

type NodeStream = Parameters<typeof Readable.fromWeb>[0]

/** Returns the request's body with Node's type for streams, which differs from the DOM's. */
export function bodyOf(request: Request): NodeStream {
  return (request.body ?? new Blob([]).stream()) as NodeStream
}

function openBusboy(contentType: string): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: {
        fieldSize: MAX_FIELD_BYTES,
        fields: MAX_FIELDS,
        parts: MAX_FIELDS + 2,
        headerPairs: 20,
        fieldNameSize: 100,
      },
    })
  } catch {
    throw new ApiProblem('malformed-request', 'The multipart body has no boundary.')
  }
}

function cutOff(error: unknown): ApiProblem {
  const reason = error instanceof Error && /multipart|part/i.test(error.message) ? 'is not complete' : 'was cut off'
  return new ApiProblem('malformed-request', `The multipart body ${reason}.`)
}
