import { createRoute, z } from '@hono/zod-openapi'
import { gone, json, jsonBody, listOf, pageQuery, pathId, problems, withKey } from '../../http/schemas/common.ts'
import { importSchema } from '../import-schemas.ts'
import { previewSchema } from '../preview/preview-schema.ts'
import { draftChangeSchema } from './draft-change.ts'
import { draftSchema } from './draft-schemas.ts'

const base = { tags: ['Drafts'], security: withKey }

const text = { type: 'string' as const }

export const create = createRoute({
  ...base,
  method: 'post',
  path: '/drafts',
  summary: 'Create a draft from a file',
  description:
    'A draft is an import that is being prepared. It stores the file and the choices made so far. Only the API key or ' +
    'administrator that created a draft can see it. A draft is deleted 30 days after its last change.',
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

export const list = createRoute({
  ...base,
  method: 'get',
  path: '/drafts',
  summary: 'List your drafts, newest first',
  request: { query: z.object(pageQuery()) },
  responses: { 200: json(listOf(draftSchema), 'Drafts.'), ...problems(422) },
})

export const read = createRoute({
  ...base,
  method: 'get',
  path: '/drafts/{id}',
  summary: 'Read a draft',
  request: { params: pathId },
  responses: { 200: json(draftSchema, 'The draft.'), ...problems(404) },
})

export const change = createRoute({
  ...base,
  method: 'patch',
  path: '/drafts/{id}',
  summary: 'Change a draft',
  description:
    'An omitted field keeps its value. `mapping`, `options` and `reading` replace the old value as a whole. The import ' +
    'of the draft checks whether ids exist and whether the choices can be combined.',
  request: { params: pathId, ...jsonBody(draftChangeSchema.openapi('DraftChange')) },
  responses: { 200: json(draftSchema, 'The draft.'), ...problems(400, 404, 413, 415, 422) },
})

export const remove = createRoute({
  ...base,
  method: 'delete',
  path: '/drafts/{id}',
  summary: 'Discard a draft',
  description: 'Also deletes its file, unless the file was imported.',
  request: { params: pathId },
  responses: { 204: gone, ...problems(404) },
})

export const preview = createRoute({
  ...base,
  method: 'get',
  path: '/drafts/{id}/preview',
  summary: 'Preview the file of a draft',
  description: 'Like `POST /v1/imports/preview`, with the choices of the draft.',
  request: { params: pathId },
  responses: { 200: json(previewSchema, 'The content of the file.'), ...problems(404, 422) },
})

export const start = createRoute({
  ...base,
  method: 'post',
  path: '/drafts/{id}/import',
  summary: 'Import a draft',
  description:
    'Like `POST /v1/imports` with the file and the choices of the draft. The import stops for a review unless `review` ' +
    'is false. The draft stays until the import is confirmed. While the import is running, another request returns 409.',
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
                description: 'With `passwords.set: default`: `passwords.default`. A draft never stores it.',
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
