import type { DraftRecord } from '../../../db/imports/drafts.ts'
import { findByIdempotencyKey } from '../../../db/imports/imports.ts'
import { isFinal } from '../../../domain/imports/states.ts'
import { none } from '../../../domain/people/templates/index.ts'
import type { Caller } from '../../http/caller.ts'
import type { ApiDeps } from '../../http/deps.ts'
import { ApiProblem } from '../../http/problems.ts'
import { createImport } from '../create-import.ts'
import { defaultCompany } from '../default-company.ts'
import { checkTemplate, readChoices } from '../options/import-choices.ts'

import { columnsOf } from './draft-columns.ts'

/** The request that imports a draft. */
export interface DraftImport {
  review?: boolean | undefined
  saveMapping?: boolean | undefined
  /** `passwords.default`, which a draft never stores. */
  defaultPassword?: string | undefined
  idempotencyKey: string | null
}

/** Returns the stored file of a draft. */
export function fileOf({ fileId, name, size, sha256 }: DraftRecord) {
  return { fileId, name, size: Number(size), sha256: sha256 ?? Buffer.alloc(0) }
}

/**
 * Returns how to read and match the draft's file, and how many records an earlier preview counted.
 *
 * @throws ApiProblem 422 for a company that no longer exists
 */
export async function requestOf(deps: Pick<ApiDeps, 'db'>, draft: DraftRecord, caller: Caller) {
  const { company } = draft.options as { company?: string | null }
  return {
    template: draft.template === null ? null : checkTemplate(draft.template),
    mapping: draft.mapping,
    reading: draft.reading,
    records: draft.records,
    company: await defaultCompany(deps.db, company ?? undefined, caller),
  }
}

/**
 * Imports a draft by the same rules as an upload of its file and choices. If no columns were matched, imports them as
 * the preview shows them. Stops for a review unless `review` is false.
 *
 * @throws ApiProblem 409 while an import of this draft is running, 422 when the choices are invalid
 */
export async function importDraft(deps: ApiDeps, draft: DraftRecord, caller: Caller, request: DraftImport) {
  const { options, reading, importId, importStatus } = draft
  const { idempotencyKey, defaultPassword } = request
  const earlier = idempotencyKey === null ? undefined : await findByIdempotencyKey(deps.db, caller, idempotencyKey)
  if (!earlier && importStatus !== null && !isFinal(importStatus)) {
    const detail = 'An import of this draft is running. Confirm or cancel it first.'
    throw new ApiProblem('draft-imported', detail, { import: importId })
  }
  const { template, mapping } = await columnsToImport(deps, draft, caller)
  const review = request.review ?? options.dryRun !== true
  const choices = readChoices(
    {
      template,
      mapping: mapping === null ? undefined : JSON.stringify(mapping),
      options: JSON.stringify({ ...options, review }),
      saveMapping: request.saveMapping ? 'true' : undefined,
      encoding: reading.encoding,
      delimiter: reading.delimiter,
      sheet: reading.sheet,
      defaultPassword,
      isForm: true,
    },
    caller,
  )
  const from = { id: draft.id, importId }
  return createImport(deps, { ...choices, file: fileOf(draft), caller, idempotencyKey, draft: from })
}

async function columnsToImport(deps: ApiDeps, draft: DraftRecord, caller: Caller) {
  const request = await requestOf(deps, draft, caller)
  if (request.mapping !== null) return { template: (request.template ?? none).id, mapping: request.mapping }
  if (request.template && request.template.headers !== 'matched')
    return { template: request.template.id, mapping: null }
  const found = await columnsOf(deps, fileOf(draft), draft.reading, { ...request, scope: caller.companies })
  const template = found?.template ? checkTemplate(found.template) : (request.template ?? none)
  const mapping = template.headers === 'matched' && found && found.missing.length === 0 ? found.mapping : null
  return { template: template.id, mapping }
}
