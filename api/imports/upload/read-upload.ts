import { Readable } from 'node:stream'
import type { Context } from 'hono'
import { removeFile, type StoredFile, uploadFile } from '../../../db/files/files.ts'
import { MAX_FILE_BYTES } from '../../../domain/imports/limits.ts'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'
import { ApiProblem, invalidRequest } from '../../http/problems.ts'
import { dispositionName, fileNameOf } from './file-name.ts'
import { bodyOf, type Keep, readMultipart } from './multipart.ts'

/** A file that is stored but counts for nothing yet, and what was said about it. */
export interface Upload extends Words {
  file: StoredFile & { name: string }
  /** For a preview only: an import has it among its options. */
  company: string | undefined
}

/** What may be said beside the file: fields of a form, or the query of a bare file. */
const words = ['template', 'options', 'mapping', 'saveMapping', 'encoding', 'delimiter', 'sheet'] as const

export interface Words extends Record<(typeof words)[number], string | undefined> {
  /** Of the header: what must not stand in an address. */
  defaultPassword: string | undefined
  isForm: boolean
}

/** The one password for all, percent-encoded UTF-8, for a file that is sent as the body. */
const PASSWORD_HEADER = 'Muster-Default-Password'

/** Room for the fields and boundaries around a file. */
const MULTIPART_EXTRA = 1024 * 1024

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What a bare file may call itself; what it is, its bytes say. */
const FILE_TYPES = new Set([
  'text/csv',
  'text/plain',
  XLSX_TYPE,
  'application/vnd.ms-excel',
  'application/octet-stream',
])

/**
 * Stores the file of a request as it comes in: a part of a form, or the whole body with its words in the query.
 *
 * @param known what may be said beside the file; anything else is refused
 * @throws ApiProblem 413 before reading when the announced length is too much, while reading otherwise; 415; 422
 */
export async function readUpload(
  c: Context<AppEnv>,
  deps: Pick<ApiDeps, 'db' | 'maxFileBytes'>,
  known: readonly string[] = words,
): Promise<Upload> {
  const maxBytes = deps.maxFileBytes ?? MAX_FILE_BYTES
  const type = (c.req.header('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const isForm = type === 'multipart/form-data'
  if (!isForm && !FILE_TYPES.has(type)) throw unsupported()
  refuseAnnounced(c.req.header('Content-Length'), isForm ? maxBytes + MULTIPART_EXTRA : maxBytes)
  const defaultPassword = decoded(c.req.header(PASSWORD_HEADER))
  const query = c.req.query()
  refuseUnknown(Object.keys(query), isForm ? [] : [...known, 'name'], isForm)
  const keep: Keep = (name, source) => uploadFile(deps.db, { name, source, maxBytes })
  if (!isForm) {
    const name = fileNameOf(query.name ?? dispositionName(c.req.header('Content-Disposition')))
    const file = await keep(name, received(Readable.fromWeb(bodyOf(c.req.raw))))
    return {
      file: { ...file, name },
      ...wordsOf((word) => query[word]),
      company: query.company,
      defaultPassword,
      isForm,
    }
  }
  const { file, fields } = await readMultipart(c.req.raw, keep)
  if (!file) throw new ApiProblem('missing-file', 'The form has no part called “file” that carries a file name.')
  try {
    refuseUnknown([...fields.keys()], known, false)
  } catch (error) {
    await removeFile(deps.db, file.fileId).catch(() => undefined) // The sweep finds it.
    throw error
  }
  return { file, ...wordsOf((word) => fields.get(word)), company: fields.get('company'), defaultPassword, isForm }
}

function wordsOf(get: (word: string) => string | undefined) {
  return Object.fromEntries(words.map((word) => [word, get(word)])) as Record<
    (typeof words)[number],
    string | undefined
  >
}

/** What is misspelled would otherwise be left out without a word. */
function refuseUnknown(given: string[], known: readonly string[], isQueryOfForm: boolean): void {
  const unknown = given.filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  const message = isQueryOfForm ? 'belongs into the form, not into the address' : 'there is no such field'
  throw invalidRequest(unknown.map((path) => ({ path, message })))
}

function decoded(header: string | undefined): string | undefined {
  try {
    return header === undefined ? undefined : decodeURIComponent(header)
  } catch {
    throw invalidRequest([{ path: PASSWORD_HEADER, message: 'expected percent-encoded UTF-8' }])
  }
}

/** The body as it comes; a connection that breaks is the client's affair, not a failure of ours. */
async function* received(source: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* source
  } catch {
    throw new ApiProblem('malformed-request', 'The upload was cut off.')
  }
}

/** RFC 9110, section 15.5.14: a server may refuse a body that it has not read. */
function refuseAnnounced(length: string | undefined, maxBytes: number): void {
  if (length !== undefined && Number(length) > maxBytes) {
    throw new ApiProblem('too-large', `The file is larger than ${Math.floor(maxBytes / 1024 / 1024)} MiB.`, {}, CLOSE)
  }
}

/** What is still on its way is not read. */
const CLOSE = { Connection: 'close' }

function unsupported(): ApiProblem {
  const detail = 'Send multipart/form-data, or the file itself as text/csv or as an XLSX workbook.'
  return new ApiProblem('unsupported-media-type', detail, {}, { Accept: `multipart/form-data, text/csv, ${XLSX_TYPE}` })
}
