import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import {
  countImportRows,
  markImportRows,
  type RowPlace,
  rowBefore,
} from '../../../db/imports/rows/import-row-places.ts'
import { importRows } from '../../../db/imports/rows/import-rows.ts'
import { rowOutcomes } from '../../../domain/imports/states.ts'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'
import { download } from '../../http/download.ts'
import { cursorOf, json, listOf, pageQuery, pathId, problems, readCursor, withKey } from '../../http/schemas/common.ts'
import { countSchema, everyQuery, offsetQuery } from '../../http/schemas/places.ts'
import { importRowSchema } from '../import-schemas.ts'
import type { ImportView } from '../show-import.ts'
import { resultCsv, resultJson, stampedName } from './results.ts'

const base = { tags: ['Imports'], security: withKey }

/** Rows of one answer. */
const MAX_ROWS = 1_000

const filters = {
  outcome: z.enum(rowOutcomes).optional(),
  with: z
    .enum(['courses'])
    .optional()
    .openapi({ description: '`courses`: only rows of people whom this import enrolled in a course.' }),
}

const rows = createRoute({
  ...base,
  method: 'get',
  path: '/imports/{id}/rows',
  summary: 'List the rows of an import',
  description:
    'In the order of the file. `courses` are those that this import enrolled the person in, or will when they accept.',
  request: {
    params: pathId,
    query: z.object({
      ...filters,
      ...pageQuery(MAX_ROWS, 100),
      ...offsetQuery('GET /v1/imports/{id}/rows/count'),
    }),
  },
  responses: { 200: json(listOf(importRowSchema), 'Rows.'), ...problems(404, 422) },
})

const count = createRoute({
  ...base,
  method: 'get',
  path: '/imports/{id}/rows/count',
  summary: 'Count the rows of an import',
  description:
    'By the filters of the list. The cursors lead to any place of it: one of them, and `offset` for the rest.',
  request: { params: pathId, query: z.object({ ...filters, ...everyQuery }) },
  responses: { 200: json(countSchema('GET /v1/imports/{id}/rows'), 'How many there are.'), ...problems(404, 422) },
})

/** Of a row, its number; of a place further on, also how many rows further. */
const PLACE = /^(\d{1,9})(?:\+(\d{1,4}))?$/

const placeCursor = ({ after, skip }: RowPlace) => cursorOf(`${after}+${skip}`)

function readPlace(cursor: string | undefined): RowPlace {
  const [, after = 0, skip = 0] = PLACE.exec(readCursor(cursor, (text) => PLACE.test(text)) ?? '') ?? []
  return { after: Number(after), skip: Number(skip) }
}

const asJson = createRoute({
  ...base,
  method: 'get',
  path: '/imports/{id}/result.json',
  summary: 'Download the result as JSON',
  description: 'The import, its summary and three lists of people: `created`, `updated`, `skipped`.',
  request: { params: pathId },
  responses: {
    200: { description: 'A file.', content: { 'application/json': { schema: { type: 'object' as const } } } },
    ...problems(404),
  },
})

const asCsv = createRoute({
  ...base,
  method: 'get',
  path: '/imports/{id}/result.csv',
  summary: 'Download the result as CSV',
  description: 'A row a user: row, email, first name, last name, status, courses. Safe to open in a spreadsheet.',
  request: { params: pathId },
  responses: {
    200: { description: 'A file.', content: { 'text/csv': { schema: { type: 'string' as const } } } },
    ...problems(404),
  },
})

/** What became of the rows of an import. Streamed: a million rows are never in memory at once. */
export function importResultRoutes({ db }: Pick<ApiDeps, 'db'>, view: ImportView) {
  return new OpenAPIHono<AppEnv>()
    .openapi(rows, async (c) => {
      const { outcome = null, with: gain = null, limit, cursor, offset: skip } = c.req.valid('query')
      const scope = c.get('caller').companies
      const { id } = await view.find(c.req.valid('param').id, scope)
      const from = readPlace(cursor)
      const after = await rowBefore(db, id, { outcome, with: gain, after: from.after, skip: from.skip + skip })
      if (after === null) return c.json({ items: [], next: null }, 200)
      const found = await importRows(db, id, { outcome, with: gain, scope, after, limit: limit + 1 })
      const items = found
        .slice(0, limit)
        .map(({ firstName: _, lastName: __, changes, ...row }) => (changes ? { ...row, changes } : row))
      const last = items.at(-1)
      return c.json({ items, next: found.length > limit && last ? cursorOf(last.row) : null }, 200)
    })
    .openapi(count, async (c) => {
      const { outcome = null, with: gain = null, every } = c.req.valid('query')
      const { id } = await view.find(c.req.valid('param').id, c.get('caller').companies)
      const which = { outcome, with: gain }
      if (every === undefined) return c.json({ count: await countImportRows(db, id, which), cursors: [] }, 200)
      const { count: all, marks } = await markImportRows(db, id, which, every)
      return c.json({ count: all, cursors: marks.map(placeCursor) }, 200)
    })
    .openapi(asJson, async (c) => {
      const scope = c.get('caller').companies
      const entry = await view.show(c.req.valid('param').id, scope)
      const now = new Date()
      return download(
        resultJson(db, entry, scope, now),
        stampedName('import-result', now, 'json'),
        'application/json',
      ) as never
    })
    .openapi(asCsv, async (c) => {
      const scope = c.get('caller').companies
      const { id } = await view.find(c.req.valid('param').id, scope)
      return download(
        resultCsv(db, id, scope),
        stampedName('import-result', new Date(), 'csv'),
        'text/csv; charset=utf-8; header=present',
      )
    })
}
