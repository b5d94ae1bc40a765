import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'

import { listImports } from '../../db/imports/imports.ts'
import { type ImportStage, importStages, importStatuses } from '../../domain/imports/states.ts'
import { searchFilter } from '../catalogue/catalogue-schemas.ts'
import type { ApiDeps, AppEnv } from '../http/deps.ts'
import { json, listOf, pageOf, pageQuery, pathId, problems, readCursor, withKey } from '../http/schemas/common.ts'
import { createImport } from './create-import.ts'
import { readIdempotencyKey } from './idempotency.ts'
import { importSchema } from './import-schemas.ts'
import { readChoices } from './options/import-choices.ts'
import type { ImportView } from './show-import.ts'
import { discardUpload, readUpload, XLSX_TYPE } from './upload/read-upload.ts'

const tags = ['Imports']

const create = createRoute({
  method: 'post',
  path: '/imports',
  tags,
  security: withKey,
  summary: 'Import a file of people',
  description:
    'Send a form with the file, or the file itself as the body with its options in the query. The response is sent ' +
    'as soon as the file is stored. Follow the import through its links. Nothing is written until the whole file is ' +
    'validated. With an `Idempotency-Key`, you can send the same request again and get the same import.',
  request: {
    headers: z.object({
      'idempotency-key': z.string().optional().openapi({ description: '1 to 255 visible ASCII characters.' }),
      'muster-default-password': z
        .string()
        .optional()
        .openapi({ description: 'For a bare file: `passwords.default`, percent-encoded UTF-8.' }),
    }),
    query: z.object({
      template: z.string().optional().openapi({ description: 'For a bare file.', example: 'onboarding' }),
      options: z.string().optional().openapi({ description: 'For a bare file: ImportOptions as JSON.' }),
      mapping: z.string().optional().openapi({ description: 'For a bare file: headers by field as JSON.' }),
      saveMapping: z.string().optional().openapi({ description: 'For a bare file: `true` or `false`.' }),
      encoding: z.string().optional().openapi({ description: 'For a bare file.' }),
      delimiter: z.string().optional().openapi({ description: 'For a bare file.' }),
      sheet: z.string().optional().openapi({ description: 'For a bare file.' }),
      name: z.string().optional().openapi({ description: 'For a bare file: its name.', example: 'people.csv' }),
    }),
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            required: ['file'],
            properties: {
              file: { type: 'string', format: 'binary' },
              template: { type: 'string', default: 'onboarding' },
              options: { $ref: '#/components/schemas/ImportOptions', description: 'As JSON.' },
              encoding: {
                type: 'string',
                description: 'Overrides detection: utf-8, utf-16le, utf-16be, windows-1252.',
              },
              delimiter: { type: 'string', description: 'Overrides detection: comma, semicolon, tab, pipe.' },
              sheet: { type: 'string', description: 'The name of a sheet. Default: the first sheet with data.' },
              mapping: {
                type: 'object',
                additionalProperties: { type: 'string' },
                description:
                  'Header by field, as JSON. It says which column of the file holds which field. The fields are those ' +
                  'of the template `none`, `title 1`, `title 2`, … for course titles, and `custom.<key>`. Columns ' +
                  'without a field are not imported. Not allowed for templates with their own headers.',
                example: { email: 'E-Mail', firstName: 'Vorname', 'title 1': 'Kurs' },
              },
              saveMapping: {
                type: 'boolean',
                default: false,
                description: 'Saves the mapping for the company and suggests it for the next file with these headers.',
              },
            },
          },
        },
        'text/csv': { schema: { type: 'string' } },
        [XLSX_TYPE]: { schema: { type: 'string', format: 'binary' } },
        'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
      },
    },
  },
  responses: {
    202: {
      ...json(importSchema, 'The import. It continues in the background.'),
      headers: z.object({
        Location: z.string(),
        'Idempotency-Replayed': z
          .string()
          .optional()
          .openapi({ description: '`true`: an earlier request with this key started the import.' }),
      }),
    },
    ...problems(400, 413, 415, 422),
  },
})

/** One status, or several separated by commas. */
const statusesSchema = z
  .string()
  .transform((text) => text.split(',').map((status) => status.trim()))
  .pipe(z.array(z.enum(importStatuses)).max(importStatuses.length))
  .openapi({
    type: 'string',
    pattern: `^(${importStatuses.join('|')})(,(${importStatuses.join('|')}))*$`,
    description: 'One or several statuses, separated by commas.',
    example: 'paused,review',
  })

const fileSearch = searchFilter.openapi({
  description: 'Words that the name of the file must contain, in any case.',
  example: 'people march',
})

const list = createRoute({
  method: 'get',
  path: '/imports',
  tags,
  security: withKey,
  summary: 'List imports, newest first',
  request: {
    query: z.object({
      status: statusesSchema.optional(),
      stage: z
        .enum(Object.keys(importStages) as ImportStage[])
        .optional()
        .openapi({ description: '`waiting`: paused or in review, for an administrator. `running`. `ended`.' }),
      template: z.string().optional(),
      company: z.string().optional().openapi({ description: 'The name of a company in the file.' }),
      q: fileSearch,
      ...pageQuery(),
    }),
  },
  responses: { 200: json(listOf(importSchema), 'Imports.'), ...problems(422) },
})

const read = createRoute({
  method: 'get',
  path: '/imports/{id}',
  tags,
  security: withKey,
  summary: 'Read an import',
  request: { params: pathId },
  responses: { 200: json(importSchema, 'The import.'), ...problems(404) },
})

/** Upload, list and read imports. */
export function importRoutes(deps: ApiDeps, view: ImportView) {
  return new OpenAPIHono<AppEnv>()
    .openapi(create, async (c) => {
      const idempotencyKey = readIdempotencyKey(c.req.header('Idempotency-Key'))
      const { file, ...fields } = await readUpload(c, deps)
      const caller = c.get('caller')
      try {
        const choices = readChoices(fields, caller)
        const { id, replayed } = await createImport(deps, { ...choices, file, caller, idempotencyKey })
        const shown = await view.show(id, caller.companies)
        if (replayed) c.header('Idempotency-Replayed', 'true')
        return c.json(shown, 202, { Location: `/v1/imports/${id}` })
      } catch (error) {
        await discardUpload(deps, file)
        throw error
      }
    })
    .openapi(list, async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query')
      const page = { after: readCursor(cursor), limit: limit + 1 }
      const found = await listImports(deps.db, c.get('caller').companies, filter, page)
      const { items, next } = pageOf(found, limit)
      return c.json({ items: await view.showAll(items), next }, 200)
    })
    .openapi(read, async (c) => {
      const { id } = c.req.valid('param')
      return c.json(await view.show(id, c.get('caller').companies), 200)
    })
}
