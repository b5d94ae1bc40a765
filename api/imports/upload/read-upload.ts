import { Readable } from 'node:stream'
import type { Context } from 'hono'
import { removeFile, type StoredFile, uploadFile } from '../../../db/files/files.ts'
import { MAX_FILE_BYTES } from '../../../domain/imports/limits.ts'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'
import { ApiProblem, invalidRequest } from '../../http/problems.ts'
import { dispositionName, fileNameOf } from './file-name.ts'
import { bodyOf, readMultipart, type StoreFile } from './multipart.ts'

/** A file that is stored but not yet used by an import or a draft, and the fields that were sent with it. */
export interface Upload extends UploadFields {
  file: StoredFile & { name: string }
  /** For a preview only. An import has the company in its options. */
  company: string | undefined
}

/** Fields that may come with the file: fields of a form, or query parameters of a bare file. */
const fieldNames = ['template', 'options', 'mapping', 'saveMapping', 'encoding', 'delimiter', 'sheet'] as const

type NamedFields = Record<(typeof fieldNames)[number], string | undefined>

export interface UploadFields extends NamedFields {
  /** From the header, because a URL must not contain a password. */
  defaultPassword: string | undefined
  isForm: boolean
}

/** The default password, as percent-encoded UTF-8, for a file that is sent as the body. */
const PASSWORD_HEADER = 'Muster-Default-Password'

/** Bytes allowed for the fields and boundaries around a file. */
const MULTIPART_EXTRA_BYTES = 1024 * 1024

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Content types of a bare file. Its bytes decide the format. */
const FILE_TYPES = new Set([
  'text/csv',
  'text/plain',
  XLSX_TYPE,
  'application/vnd.ms-excel',
  'application/octet-stream',
])

/**
 * Stores the file of a request while it arrives: a part of a form, or the whole body with its fields in the query.
 *
 * @param known fields that may come with the file. Any other field is rejected
 * @throws ApiProblem 413 before reading if the announced length is too large, otherwise while reading. 415 for another
 * content type. 422 for an invalid field
 */
export async function readUpload(
  c: Context<AppEnv>,
  deps: Pick<ApiDeps, 'db' | 'maxFileBytes'>,
  known: readonly string[] = fieldNames,
): Promise<Upload> {
  const maxBytes = deps.maxFileBytes ?? MAX_FILE_BYTES
  const type = (c.req.header('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const isForm = type === 'multipart/form-data'
  if (!isForm && !FILE_TYPES.has(type)) throw unsupported()
  rejectTooLarge(c.req.header('Content-Length'), isForm ? maxBytes + MULTIPART_EXTRA_BYTES : maxBytes)
  const defaultPassword = decoded(c.req.header(PASSWORD_HEADER))
  const query = c.req.query()
  rejectUnknown(Object.keys(query), isForm ? [] : [...known, 'name'], isForm)
  const store: StoreFile = (name, source) => uploadFile(deps.db, { name, source, maxBytes })
  if (!isForm) {
    const name = fileNameOf(query.name ?? dispositionName(c.req.header('Content-Disposition')))
    const file = await store(name, received(Readable.fromWeb(bodyOf(c.req.raw))))
    return {
      file: { ...file, name },
      ...fieldsOf((name) => query[name]),
      company: query.company,
      defaultPassword,
      isForm,
    }
  }
  const { file, fields } = await readMultipart(c.req.raw, store)
  if (!file) throw new ApiProblem('missing-file', 'The form has no part called “file” that carries a file name.')
  try {
    rejectUnknown([...fields.keys()], known, false)
  } catch (error) {
    await discardUpload(deps, file)
    throw error
  }
  return { file, ...fieldsOf((name) => fields.get(name)), company: fields.get('company'), defaultPassword, isForm }
}

/** Removes the file of a rejected request. If that fails, the sweep removes it after an hour. */
export async function discardUpload({ db }: Pick<ApiDeps, 'db'>, { fileId }: { fileId: string }): Promise<void> {
  await removeFile(db, fileId).catch(() => undefined)
}

function fieldsOf(get: (name: string) => string | undefined): NamedFields {
  return Object.fromEntries(fieldNames.map((name) => [name, get(name)])) as NamedFields
}

/** Rejects unknown fields, because a misspelled field would otherwise be ignored. */
function rejectUnknown(given: string[], known: readonly string[], isQueryOfForm: boolean): void {
  const unknown = given.filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  const message = isQueryOfForm ? 'belongs in the form, not in the URL' : 'this field does not exist'
  throw invalidRequest(unknown.map((path) => ({ path, message })))
}

function decoded(header: string | undefined): string | undefined {
  try {
    return header === undefined ? undefined : decodeURIComponent(header)
  } catch {
    throw invalidRequest([{ path: PASSWORD_HEADER, message: 'expected percent-encoded UTF-8' }])
  }
}

/** Passes the body on as it arrives. Reports a broken connection as a client error. */
async function* received(source: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* source
  } catch {
    throw new ApiProblem('malformed-request', 'The upload was cut off.')
  }
}

/** RFC 9110, section 15.5.14: a server may reject a body that it has not read. */
function rejectTooLarge(length: string | undefined, maxBytes: number): void {
  if (length !== undefined && Number(length) > maxBytes) {
    throw new ApiProblem('too-large', `The file is larger than ${Math.floor(maxBytes / 1024 / 1024)} MiB.`, {}, CLOSE)
  }
}

/** Closes the connection instead of reading the rest of the body. */
const CLOSE = { Connection: 'close' }

function unsupported(): ApiProblem {
  const detail = 'Send multipart/form-data, or the file itself as text/csv or as an XLSX workbook.'
  return new ApiProblem('unsupported-media-type', detail, {}, { Accept: `multipart/form-data, text/csv, ${XLSX_TYPE}` })
}
