import { allCustomFields } from '../../db/catalogue/custom-fields.ts'
import { type NewMapping, saveMapping } from '../../db/catalogue/mappings.ts'
import { inTransaction } from '../../db/core/transaction.ts'
import { markStored, removeFile } from '../../db/files/files.ts'
import { attachImport } from '../../db/imports/drafts.ts'
import { insertImport } from '../../db/imports/imports.ts'
import { hashed } from '../accounts/auth/ask.ts'
import type { Caller } from '../http/caller.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiProblem } from '../http/problems.ts'
import { startNowOrLater } from './decide/start-import.ts'
import { fingerprintOf, importOfKey } from './idempotency.ts'
import { checkChoices } from './options/check-choices.ts'
import { headersOf } from './options/file-headers.ts'
import type { Choices } from './options/import-choices.ts'
import { refuseMapping } from './options/mapping.ts'
import type { Upload } from './upload/read-upload.ts'

export interface NewImportRequest extends Choices {
  file: Upload['file']
  caller: Caller
  idempotencyKey: string | null
  /** The draft whose stored file is imported, and the import that it led to before. Absent for an upload. */
  draft?: { id: string; importId: string | null }
}

/**
 * Records an import of an uploaded file and starts it. One transaction commits the file and the import. The start
 * follows the commit. If Temporal does not answer, the dispatcher starts the import later.
 *
 * A repeated request returns its import before anything is checked again. A campaign that ended in the meantime
 * does not reject an import that was accepted before.
 *
 * @returns `replayed` when an earlier request with this idempotency key started the import
 * @throws ApiProblem when the choices are invalid, or the idempotency key belongs to another request
 */
export async function createImport(
  deps: ApiDeps,
  request: NewImportRequest,
): Promise<{ id: string; replayed: boolean }> {
  const { file, caller, idempotencyKey } = request
  const fingerprint = fingerprintOf(request, deps.config.MUSTER_SECRET)
  const earlier = await importOfKey(deps.db, caller, idempotencyKey, fingerprint)
  const id = earlier ?? (await record(deps, request, fingerprint))
  if (earlier !== null || id === null) {
    if (!request.draft) await removeFile(deps.db, file.fileId)
    return { id: id ?? (await faster(deps, caller, idempotencyKey, fingerprint)), replayed: true }
  }
  await startNowOrLater(deps, id)
  return { id, replayed: false }
}

/** @returns null when an equal request with the same idempotency key committed first */
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
  return new ApiProblem('draft-imported', 'This draft was imported or discarded in the meantime. Reload it.')
}

/** @throws ApiProblem 422 for a mapping that does not fit the file */
async function mappingToSave({ db, pool }: ApiDeps, request: NewImportRequest): Promise<NewMapping | null> {
  const { template, mapping, reading, file, options, caller } = request
  if (!request.saveMapping || mapping === null || options.company === null) return null
  const headers = await headersOf(pool, file, reading)
  refuseMapping(template, mapping, await allCustomFields(db), headers, true)
  return { companyId: options.company, template: template.id, headers, mapping, createdBy: caller.name }
}

/** Returns the import of the equal request that committed first. */
async function faster({ db }: ApiDeps, caller: Caller, idempotencyKey: string | null, fingerprint: Buffer) {
  const first = await importOfKey(db, caller, idempotencyKey, fingerprint)
  if (first === null) throw new Error('The import was not recorded, and no other import has its idempotency key.')
  return first
}
