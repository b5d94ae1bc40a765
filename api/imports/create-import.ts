import { createHash } from 'node:crypto'
import { allCustomFields } from '../../db/catalogue/custom-fields.ts'
import { type NewMapping, saveMapping } from '../../db/catalogue/mappings.ts'
import { inTransaction } from '../../db/core/transaction.ts'
import { markStored, removeFile } from '../../db/files/files.ts'
import { attachImport } from '../../db/imports/drafts.ts'
import { findByIdempotencyKey, insertImport } from '../../db/imports/imports.ts'
import { hashPassword, PasswordsBusy } from '../../security/password.ts'
import { passwordMark } from '../../security/password-mark.ts'
import type { Caller } from '../http/caller.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiProblem } from '../http/problems.ts'
import { startImport } from './decide/start-import.ts'
import { checkChoices } from './options/check-choices.ts'
import { headersOf } from './options/file-headers.ts'
import type { Choices } from './options/import-choices.ts'
import { refuseMapping } from './options/mapping.ts'
import type { Upload } from './upload/read-upload.ts'

export interface NewImportRequest extends Choices {
  file: Upload['file']
  caller: Caller
  idempotencyKey: string | null
  /** The draft whose stored file is imported, and the import that it led to before; absent for an upload. */
  draft?: { id: string; importId: string | null }
}

/**
 * Records an import of an uploaded file and starts it. File and import count from one commit on; the start comes
 * after it, and if Temporal does not answer the dispatcher starts it later.
 *
 * A request that has begun an import before is answered with it before anything else is looked at: a campaign that
 * ended meanwhile is no reason to refuse what was accepted already.
 *
 * @returns `replayed` when the idempotency key has begun this very import before
 * @throws ApiProblem when the choices cannot be taken, or the idempotency key belongs to another request
 */
export async function createImport(
  deps: ApiDeps,
  request: NewImportRequest,
): Promise<{ id: string; replayed: boolean }> {
  const { file, caller, idempotencyKey } = request
  const fingerprint = fingerprintOf(request, deps.config.MUSTER_SECRET)
  const before = await begunBefore(deps, caller, idempotencyKey, fingerprint)
  const id = before ?? (await record(deps, request, fingerprint))
  if (before !== null || id === null) {
    if (!request.draft) await removeFile(deps.db, file.fileId)
    return { id: id ?? (await firstImport(deps, caller, idempotencyKey, fingerprint)), replayed: true }
  }
  await startImport(deps, id).catch((error: Error) => {
    deps.log.warn({ importId: id, reason: error.name }, 'import not started yet, the dispatcher will')
  })
  return { id, replayed: false }
}

/** @returns null when an equal request was faster */
async function record(deps: ApiDeps, request: NewImportRequest, fingerprint: Buffer): Promise<string | null> {
  const { file, caller, idempotencyKey, template, reading, mapping, options, password, draft } = request
  await checkChoices(deps.db, caller, request)
  const toSave = await mappingToSave(deps, request)
  const passwordHash = password === null ? null : await hashed(password)
  return inTransaction(deps.db, async (trx) => {
    if (!draft) await markStored(trx, file)
    const id = await insertImport(trx, {
      fileId: file.fileId,
      template: template.id,
      reading,
      mapping,
      options,
      passwordHash,
      scope: caller.companies,
      apiKeyId: caller.keyId,
      accountId: caller.accountId,
      startedBy: caller.name,
      contact: caller.contact,
      idempotencyKey,
      fingerprint,
    })
    if (id !== null && draft && !(await attachImport(trx, draft, id))) throw draftMoved()
    if (id !== null && toSave) await saveMapping(trx, toSave)
    return id
  })
}

function draftMoved(): ApiProblem {
  return new ApiProblem('draft-imported', 'This draft was imported or discarded just now: look at it again.')
}

/** @throws ApiProblem 422 for a mapping that does not fit the file */
async function mappingToSave({ db, pool }: ApiDeps, request: NewImportRequest): Promise<NewMapping | null> {
  const { template, mapping, reading, file, options, caller } = request
  if (!request.saveMapping || mapping === null || options.company === null) return null
  const headers = await headersOf(pool, file, reading)
  refuseMapping(template, mapping, await allCustomFields(db), headers, true)
  return { companyId: options.company, template: template.id, headers, mapping, createdBy: caller.name }
}

async function hashed(password: string): Promise<string> {
  try {
    return await hashPassword(password)
  } catch (error) {
    if (error instanceof PasswordsBusy) {
      throw new ApiProblem('rate-limited', 'Too many passwords wait to be hashed just now: send it again.')
    }
    throw error
  }
}

/** @throws ApiProblem when the idempotency key belongs to another request */
async function begunBefore({ db }: ApiDeps, caller: Caller, idempotencyKey: string | null, fingerprint: Buffer) {
  const first = idempotencyKey === null ? undefined : await findByIdempotencyKey(db, caller, idempotencyKey)
  if (first === undefined) return null
  if (first.fingerprint.equals(fingerprint)) return first.id
  throw new ApiProblem(
    'idempotency-key-reused',
    'This Idempotency-Key began another import: another file, template, mapping or options. Use a new key for a new ' +
      'import.',
  )
}

/** The import of the request that won the race for the idempotency key. */
async function firstImport(deps: ApiDeps, caller: Caller, idempotencyKey: string | null, fingerprint: Buffer) {
  const first = await begunBefore(deps, caller, idempotencyKey, fingerprint)
  if (first === null) throw new Error('An import was not recorded, and no other has its idempotency key.')
  return first
}

/** Equal requests have equal fingerprints; the password counts, and cannot be told from it. */
function fingerprintOf(request: NewImportRequest, secret: string): Buffer {
  const { file, template, reading, mapping, saveMapping, options, password } = request
  const mark = password === null ? null : passwordMark(secret, password)
  const choices = inOrder([template.id, options, reading, mapping, saveMapping, mark])
  return createHash('sha256').update(file.sha256).update(JSON.stringify(choices)).digest()
}

/** Equal choices give equal text, in whatever order they were sent. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.map(([key, inner]) => [key, inOrder(inner)])
}

/** RFC draft "The Idempotency-Key HTTP Header Field": any text of the client's; here 1 to 255 visible characters. */
export function readIdempotencyKey(header: string | undefined): string | null {
  if (header === undefined) return null
  if (/^[\x21-\x7e]{1,255}$/.test(header)) return header
  throw new ApiProblem('invalid-idempotency-key', 'An Idempotency-Key has 1 to 255 visible ASCII characters.')
}
