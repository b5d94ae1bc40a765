import { OpenAPIHono } from '@hono/zod-openapi'
import { inTransaction } from '../../../db/core/transaction.ts'
import { markStored } from '../../../db/files/files.ts'
import {
  findDraft,
  insertDraft,
  listDrafts,
  noteRecords,
  removeDraft,
  updateDraft,
} from '../../../db/imports/drafts.ts'
import type { Caller } from '../../http/caller.ts'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'
import { notFound } from '../../http/problems.ts'
import { isId, pageOf, readCursor } from '../../http/schemas/common.ts'
import { defaultCompany } from '../default-company.ts'
import { readIdempotencyKey } from '../idempotency.ts'
import { previewAnswer } from '../preview/preview-answer.ts'
import type { ImportView } from '../show-import.ts'
import { discardUpload, readUpload } from '../upload/read-upload.ts'
import { readReading } from '../upload/reading-choices.ts'
import { readChange } from './draft-change.ts'
import { columnsOf } from './draft-columns.ts'
import * as operations from './draft-operations.ts'
import { draftJson } from './draft-schemas.ts'
import { fileOf, importDraft, requestOf } from './import-draft.ts'

/** Fields that may come with the file. The others are changed later. */
const fieldNames = ['encoding', 'delimiter', 'sheet']

const onlyCompany = ({ companies }: Caller) => (companies?.length === 1 ? (companies[0] ?? null) : null)

/** Drafts: imports that are being prepared. */
export function draftRoutes(deps: ApiDeps, view: ImportView) {
  const { db } = deps
  const find = async (id: string, caller: Caller) => {
    const found = isId(id) ? await findDraft(db, caller, id) : undefined
    if (!found) throw notFound('draft')
    return found
  }
  const shown = async (id: string, caller: Caller) => draftJson(await find(id, caller), onlyCompany(caller))

  return new OpenAPIHono<AppEnv>()
    .openapi(operations.create, async (c) => {
      const { file, ...fields } = await readUpload(c, deps, fieldNames)
      const caller = c.get('caller')
      try {
        const reading = readReading(fields)
        const company = await defaultCompany(db, undefined, caller)
        const request = { template: null, mapping: null, company, scope: caller.companies }
        const columns = await columnsOf(deps, file, reading, request)
        const id = await inTransaction(db, async (trx) => {
          await markStored(trx, file)
          return insertDraft(trx, caller, { fileId: file.fileId, reading, template: columns?.template ?? null })
        })
        return c.json(await shown(id, caller), 201, { Location: `/v1/drafts/${id}` })
      } catch (error) {
        await discardUpload(deps, file)
        throw error
      }
    })
    .openapi(operations.list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const caller = c.get('caller')
      const found = await listDrafts(db, caller, { after: readCursor(cursor), limit: limit + 1 })
      const { items, next } = pageOf(found, limit)
      return c.json({ items: items.map((draft) => draftJson(draft, onlyCompany(caller))), next }, 200)
    })
    .openapi(operations.read, async (c) => c.json(await shown(c.req.valid('param').id, c.get('caller')), 200))
    .openapi(operations.change, async (c) => {
      const caller = c.get('caller')
      const draft = await find(c.req.valid('param').id, caller)
      await updateDraft(db, draft.id, readChange(draft, c.req.valid('json')))
      return c.json(await shown(draft.id, caller), 200)
    })
    .openapi(operations.remove, async (c) => {
      const { id } = await find(c.req.valid('param').id, c.get('caller'))
      await removeDraft(db, id)
      return c.body(null, 204)
    })
    .openapi(operations.preview, async (c) => {
      const caller = c.get('caller')
      const draft = await find(c.req.valid('param').id, caller)
      const request = await requestOf(deps, draft, caller)
      const onCounted = (records: number) => noteRecords(db, draft.id, draft.reading, records)
      return c.json(await previewAnswer(deps, fileOf(draft), { ...request, onCounted }, caller, c.req.raw.signal), 200)
    })
    .openapi(operations.start, async (c) => {
      const caller = c.get('caller')
      const idempotencyKey = readIdempotencyKey(c.req.header('Idempotency-Key'))
      const draft = await find(c.req.valid('param').id, caller)
      const { id } = await importDraft(deps, draft, caller, { ...c.req.valid('json'), idempotencyKey })
      return c.json(await view.show(id, caller.companies), 202, { Location: `/v1/imports/${id}` })
    })
}
