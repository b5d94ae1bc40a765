import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Connections } from '../../../db/core/database.ts'
import type { AppEnv } from '../../http/deps.ts'
import { download } from '../../http/download.ts'
import { pathId, problems, withKey } from '../../http/schemas/common.ts'
import type { ImportView } from '../show-import.ts'
import { errorsCsv } from './errors-csv.ts'
import { stampedName } from './results.ts'

const asCsv = createRoute({
  method: 'get',
  path: '/imports/{id}/errors.csv',
  tags: ['Imports'],
  security: withKey,
  summary: 'Download the rows with errors',
  description:
    'The file’s own columns, order, delimiter and encoding, with the reasons in a column before them. Correct the rows ' +
    'and import the file again: the column is ignored, and the new import names this one as its parent.',
  request: { params: pathId },
  responses: {
    200: { description: 'A file.', content: { 'text/csv': { schema: { type: 'string' as const } } } },
    ...problems(404),
  },
})

/** The rows to repair, streamed from the stored file. */
export function importErrorRoutes(connections: Connections, view: ImportView) {
  return new OpenAPIHono<AppEnv>().openapi(asCsv, async (c) => {
    const entry = await view.find(c.req.valid('param').id, c.get('caller').companies)
    const source = { importId: entry.id, fileId: entry.file_id, fileName: entry.name, detection: entry.detection }
    const name = stampedName('import-errors', new Date(), 'csv')
    return download(errorsCsv(connections, source), name, 'text/csv; header=present')
  })
}
