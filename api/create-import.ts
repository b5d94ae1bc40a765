import { createHash } from 'node:crypto'
import { markStored, removeFile } from '../db/queries/files.ts'
import { findByIdempotencyKey, insertImport } from '../db/queries/imports.ts'
import { inTransaction } from '../db/transaction.ts'
import type { ApiDeps, Caller } from './deps.ts'
import { ApiProblem } from './problems.ts'
import { startImport } from './start-import.ts'
import type { Choices } from './uploads/import-choices.ts'
import type { Upload } from './uploads/read-upload.ts'

export interface NewImportRequest extends Choices {
  file: Upload['file']
  caller: Caller
  idempotencyKey: string | null
}

/**
 * Records an import of an uploaded file and starts it. File and import count from one commit on; the start comes
 * after it, and if Temporal does not answer the dispatcher starts it later.
 *
 * @returns `replayed` when the idempotency key has begun this very import before
 * @throws ApiProblem when the idempotency key belongs to another request
 */
export async function createImport(
  deps: ApiDeps,
  request: NewImportRequest,
): Promise<{ id: string; replayed: boolean }> {
  const { file, caller, idempotencyKey, template, reading, options } = request
  const fingerprint = fingerprintOf(request)
  const id = await inTransaction(deps.db, async (trx) => {
    await markStored(trx, file)
    return insertImport(trx, {
      fileId: file.fileId,
      template,
      reading,
      mapping: null,
      options,
      passwordHash: null,
      scope: caller.companies,
      apiKeyId: caller.keyId,
      startedBy: caller.name,
      contact: caller.contact,
      idempotencyKey,
      fingerprint,
    })
  })
  if (id === null) {
    await removeFile(deps.db, file.fileId)
    return { id: await firstImport(deps, caller.keyId, idempotencyKey ?? '', fingerprint), replayed: true }
  }
  await startImport(deps, id).catch((error: Error) => {
    deps.log.warn({ importId: id, reason: error.name }, 'import not started yet, the dispatcher will')
  })
  return { id, replayed: false }
}

async function firstImport({ db }: ApiDeps, keyId: string, idempotencyKey: string, fingerprint: Buffer) {
  const first = await findByIdempotencyKey(db, keyId, idempotencyKey)
  if (first?.fingerprint.equals(fingerprint)) return first.id
  throw new ApiProblem(
    'idempotency-key-reused',
    'This Idempotency-Key began another import: another file, template or options. Use a new key for a new import.',
  )
}

function fingerprintOf({ file, template, reading, options }: NewImportRequest): Buffer {
  const choices = JSON.stringify([template, inOrder(options), inOrder(reading)])
  return createHash('sha256').update(file.sha256).update(choices).digest()
}

/** Equal choices give equal text, in whatever order they were sent. */
function inOrder(choices: object): [string, unknown][] {
  return Object.entries(choices).sort(([a], [b]) => (a < b ? -1 : 1))
}

/** RFC draft "The Idempotency-Key HTTP Header Field": any text of the client's; here 1 to 255 visible characters. */
export function readIdempotencyKey(header: string | undefined): string | null {
  if (header === undefined) return null
  if (/^[\x21-\x7e]{1,255}$/.test(header)) return header
  throw new ApiProblem('invalid-idempotency-key', 'An Idempotency-Key has 1 to 255 visible ASCII characters.')
}
