import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { countImportRows, markImportRows, rowBefore } from '../../../db/imports/rows/import-row-places.ts'
import { importRows } from '../../../db/imports/rows/import-rows.ts'
import { rowOutcomes } from '../../../domain/imports/states.ts'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'

import { json, listOf, pageQuery, pathId, problems, withKey } from '../../http/schemas/common.ts'
import { countSchema, everyQuery, offsetQuery } from '../../http/schemas/places.ts'
import { importRowSchema } from '../import-schemas.ts'
import type { ImportView } from '../show-import.ts'
import { resultCsv, resultJson } from './result-files.ts'
import { pageOfRows, placeCursor, readPlace } from './row-cursors.ts'
import { csvAnswer, JSON_TYPE, jsonAnswer, stampedDownload } from './stamped-download.ts'

const base = { tags: ['Imports'], security: withKey }

/** Rows in one response. */
const MAX_ROWS = 1_000

const filters = {
  outcome: z.enum(rowOutcomes).optional(),
  with: z
    .enum(['courses'])
    .optional()
    .openapi({ description: '`courses`: only rows of users that this import enrolled in a course.' }),
}

const rows = createRoute({
  ...base,
  method: 'get',
  path: '/imports/{id}/rows',
  summary: 'List the rows of an import',
  description:
    'In the order of the file. `courses` are the enrolments of this import. An invited user is enrolled on acceptance.',
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
    'Uses the filters of the list. To jump to any place in the list, send one of the cursors, and `offset` for the ' +
    'remaining rows.',
  request: { params: pathId, query: z.object({ ...filters, ...everyQuery }) },
  responses: { 200: json(countSchema('GET /v1/imports/{id}/rows'), 'The number of rows.'), ...problems(404, 422) },
})

const asJson = createRoute({
  ...base,
  method: 'get',
  path: '/imports/{id}/result.json',
  summary: 'Download the result as JSON',
  description: 'The import, its summary and three lists of users: `created`, `updated`, `skipped`.',
  request: { params: pathId },
  responses: { 200: jsonAnswer, ...problems(404) },
})

const asCsv = createRoute({
  ...base,
  method: 'get',
  path: '/imports/{id}/result.csv',
  summary: 'Download the result as CSV',
  description:
    'One row for each user: row, email, first name, last name, status, courses. A spreadsheet runs no formula in it.',
  request: { params: pathId },
  responses: { 200: csvAnswer, ...problems(404) },
})

/** The rows of an import and its result. Files are streamed, so a million rows are never in memory at once. */
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
      const { items, next } = pageOfRows(found, limit)
      const shown = items.map(({ firstName: _, lastName: __, changes, ...row }) =>
        changes ? { ...row, changes } : row,
      )
      return c.json({ items: shown, next }, 200)
    })
    .openapi(count, async (c) => {
      const { outcome = null, with: gain = null, every } = c.req.valid('query')
      const { id } = await view.find(c.req.valid('param').id, c.get('caller').companies)
      const filter = { outcome, with: gain }
      if (every === undefined) return c.json({ count: await countImportRows(db, id, filter), cursors: [] }, 200)
      const { count: all, marks } = await markImportRows(db, id, filter, every)
      return c.json({ count: all, cursors: marks.map(placeCursor) }, 200)
    })
    .openapi(asJson, async (c) => {
      const scope = c.get('caller').companies
      const entry = await view.show(c.req.valid('param').id, scope)
      const now = new Date()
      return stampedDownload(resultJson(db, entry, scope, now), 'import-result', JSON_TYPE, now) as never
    })
    .openapi(asCsv, async (c) => {
      const scope = c.get('caller').companies
      const { id } = await view.find(c.req.valid('param').id, scope)
      return stampedDownload(resultCsv(db, id, scope), 'import-result')
    })
}
