import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { inTransaction } from '../../../db/core/transaction.ts'
import { markStored, removeFile } from '../../../db/files/files.ts'
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
import {
  gone,
  isId,
  json,
  jsonBody,
  listOf,
  pageOf,
  pageQuery,
  pathId,
  problems,
  readCursor,
  withKey,
} from '../../http/schemas/common.ts'
import { readIdempotencyKey } from '../idempotency.ts'
import { importSchema } from '../import-schemas.ts'
import { defaultCompany, previewAnswer } from '../preview/preview-answer.ts'
import { previewSchema } from '../preview/preview-schema.ts'
import type { ImportView } from '../show-import.ts'
import { readUpload } from '../upload/read-upload.ts'
import { readReading } from '../upload/reading-choices.ts'
import { columnsOf } from './columns.ts'
import { fileOf, importDraft, requestOf } from './import-draft.ts'
import { draftChangeSchema, draftJson, draftSchema, readChange } from './shape.ts'

const base = { tags: ['Drafts'], security: withKey }

/** What may be said beside the file; the rest is changed later. */
const words = ['encoding', 'delimiter', 'sheet']

const text = { type: 'string' as const }

const create = createRoute({
  ...base,
  method: 'post',
  path: '/drafts',
  summary: 'Keep a file to import it later',
  description:
    'A draft is an import that is being put together: its file, and what was chosen so far. It exists for whoever ' +
    'began it and nobody else, and goes 30 days after it was last touched.',
  request: {
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            required: ['file'],
            properties: { file: { ...text, format: 'binary' }, encoding: text, delimiter: text, sheet: text },
          },
        },
      },
    },
  },
  responses: {
    201: { ...json(draftSchema, 'The draft.'), headers: z.object({ Location: z.string() }) },
    ...problems(400, 413, 415, 422),
  },
})

const list = createRoute({
  ...base,
  method: 'get',
  path: '/drafts',
  summary: 'List your drafts, newest first',
  request: { query: z.object(pageQuery()) },
  responses: { 200: json(listOf(draftSchema), 'Drafts.'), ...problems(422) },
})

const read = createRoute({
  ...base,
  method: 'get',
  path: '/drafts/{id}',
  summary: 'Read a draft',
  request: { params: pathId },
  responses: { 200: json(draftSchema, 'The draft.'), ...problems(404) },
})

const change = createRoute({
  ...base,
  method: 'patch',
  path: '/drafts/{id}',
  summary: 'Keep what was chosen',
  description:
    'What is left out stays; `mapping`, `options` and `reading` take the place of those before. Whether ids exist ' +
    'and choices agree is asked when the draft is imported.',
  request: { params: pathId, ...jsonBody(draftChangeSchema.openapi('DraftChange')) },
  responses: { 200: json(draftSchema, 'The draft.'), ...problems(400, 404, 413, 415, 422) },
})

const remove = createRoute({
  ...base,
  method: 'delete',
  path: '/drafts/{id}',
  summary: 'Discard a draft',
  description: 'Its file goes with it, unless it was imported.',
  request: { params: pathId },
  responses: { 204: gone, ...problems(404) },
})

const preview = createRoute({
  ...base,
  method: 'get',
  path: '/drafts/{id}/preview',
  summary: 'Look at the file of a draft',
  description: 'As `POST /v1/imports/preview`, with what the draft has chosen.',
  request: { params: pathId },
  responses: { 200: json(previewSchema, 'What the file holds.'), ...problems(404, 422) },
})

const start = createRoute({
  ...base,
  method: 'post',
  path: '/drafts/{id}/import',
  summary: 'Import a draft',
  description:
    'As `POST /v1/imports` with the file and the choices of the draft. It stops for a review unless `review` is ' +
    'false. The draft stays until the import is confirmed; while it is under way there is no second one (409).',
  request: {
    params: pathId,
    headers: z.object({ 'idempotency-key': z.string().optional() }),
    body: {
      required: false,
      content: {
        'application/json': {
          schema: z
            .strictObject({
              review: z.boolean().optional().openapi({ default: true }),
              saveMapping: z.boolean().optional().openapi({ default: false }),
              defaultPassword: z.string().max(1_000).optional().openapi({
                description: 'With `passwords.set: default`: the one password for all. No draft keeps it.',
                format: 'password',
              }),
            })
            .openapi('DraftImport'),
        },
      },
    },
  },
  responses: {
    202: { ...json(importSchema, 'The import.'), headers: z.object({ Location: z.string() }) },
    ...problems(400, 404, 409, 415, 422),
  },
})

const onlyCompany = ({ companies }: Caller) => (companies?.length === 1 ? (companies[0] ?? null) : null)

/** Imports that are being put together. */
export function draftRoutes(deps: ApiDeps, view: ImportView) {
  const { db } = deps
  const must = async (id: string, caller: Caller) => {
    const found = isId(id) ? await findDraft(db, caller, id) : undefined
    if (!found) throw notFound('draft')
    return found
  }
  const shown = async (id: string, caller: Caller) => draftJson(await must(id, caller), onlyCompany(caller))

  return new OpenAPIHono<AppEnv>()
    .openapi(create, async (c) => {
      const { file, ...asked } = await readUpload(c, deps, words)
      const caller = c.get('caller')
      try {
        const reading = readReading(asked)
        const company = await defaultCompany(db, undefined, caller)
        const request = { template: null, mapping: null, company, scope: caller.companies }
        const columns = await columnsOf(deps, file, reading, request)
        const id = await inTransaction(db, async (trx) => {
          await markStored(trx, file)
          return insertDraft(trx, caller, { fileId: file.fileId, reading, template: columns?.template ?? null })
        })
        return c.json(await shown(id, caller), 201, { Location: `/v1/drafts/${id}` })
      } catch (error) {
        await removeFile(db, file.fileId).catch(() => undefined) // The sweep finds it.
        throw error
      }
    })
    .openapi(list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const caller = c.get('caller')
      const found = await listDrafts(db, caller, { after: readCursor(cursor), limit: limit + 1 })
      const { items, next } = pageOf(found, limit)
      return c.json({ items: items.map((draft) => draftJson(draft, onlyCompany(caller))), next }, 200)
    })
    .openapi(read, async (c) => c.json(await shown(c.req.valid('param').id, c.get('caller')), 200))
    .openapi(change, async (c) => {
      const caller = c.get('caller')
      const draft = await must(c.req.valid('param').id, caller)
      await updateDraft(db, draft.id, readChange(draft, c.req.valid('json')))
      return c.json(await shown(draft.id, caller), 200)
    })
    .openapi(remove, async (c) => {
      const { id } = await must(c.req.valid('param').id, c.get('caller'))
      await removeDraft(db, id)
      return c.body(null, 204)
    })
    .openapi(preview, async (c) => {
      const caller = c.get('caller')
      const draft = await must(c.req.valid('param').id, caller)
      const request = await requestOf(deps, draft, caller)
      const onCounted = (records: number) => noteRecords(db, draft.id, draft.reading, records)
      return c.json(await previewAnswer(deps, fileOf(draft), { ...request, onCounted }, caller, c.req.raw.signal), 200)
    })
    .openapi(start, async (c) => {
      const caller = c.get('caller')
      const idempotencyKey = readIdempotencyKey(c.req.header('Idempotency-Key'))
      const draft = await must(c.req.valid('param').id, caller)
      const { id } = await importDraft(deps, draft, caller, { ...c.req.valid('json'), idempotencyKey })
      return c.json(await view.show(id, caller.companies), 202, { Location: `/v1/imports/${id}` })
    })
}
