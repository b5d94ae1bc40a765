import type { DraftRecord } from '../../../db/imports/drafts.ts'
import { findByIdempotencyKey } from '../../../db/imports/imports.ts'
import { isFinal } from '../../../domain/imports/states.ts'
import { none } from '../../../domain/people/templates/index.ts'
import type { Caller } from '../../http/caller.ts'
import type { ApiDeps } from '../../http/deps.ts'
import { ApiProblem } from '../../http/problems.ts'
import { createImport } from '../create-import.ts'
import { checkTemplate, readChoices } from '../options/import-choices.ts'
import { defaultCompany } from '../preview/preview-answer.ts'
import { columnsOf } from './columns.ts'

/** What is said when a draft is imported. */
export interface DraftImport {
  review?: boolean | undefined
  saveMapping?: boolean | undefined
  /** The one password for all. */
  defaultPassword?: string | undefined
  idempotencyKey: string | null
}

/** A stored file of a draft, as whatever reads files wants it. */
export function fileOf({ fileId, name, size, sha256 }: DraftRecord) {
  return { fileId, name, size: Number(size), sha256: sha256 ?? Buffer.alloc(0) }
}

/** What the draft's file is to be read with, and how many records it had the last time. @throws ApiProblem 422 for a company that is gone */
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
 * Imports a draft as if its file and its choices had just been sent: the same rules, the same refusals. Where nobody has
 * matched the columns, they are what the preview shows. Stops for a review unless it is told not to.
 *
 * @throws ApiProblem 409 while an import of this draft is under way, 422 when the choices cannot be taken
 */
export async function importDraft(deps: ApiDeps, draft: DraftRecord, caller: Caller, said: DraftImport) {
  const { options, reading, importId, importStatus } = draft
  const { idempotencyKey, defaultPassword } = said
  const begun = idempotencyKey === null ? undefined : await findByIdempotencyKey(deps.db, caller, idempotencyKey)
  if (!begun && importStatus !== null && !isFinal(importStatus)) {
    const detail = 'An import of this draft is under way: confirm or cancel that first.'
    throw new ApiProblem('draft-imported', detail, { import: importId })
  }
  const { template, mapping } = await columnsToImport(deps, draft, caller)
  const review = said.review ?? options.dryRun !== true
  const choices = readChoices(
    {
      template,
      mapping: mapping === null ? undefined : JSON.stringify(mapping),
      options: JSON.stringify({ ...options, review }),
      saveMapping: said.saveMapping ? 'true' : undefined,
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
