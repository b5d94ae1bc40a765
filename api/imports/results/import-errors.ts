import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Connections } from '../../../db/core/database.ts'
import type { AppEnv } from '../../http/deps.ts'

import { pathId, problems, withKey } from '../../http/schemas/common.ts'
import type { ImportView } from '../show-import.ts'
import { errorsCsv } from './errors-csv.ts'
import { csvAnswer, stampedDownload } from './stamped-download.ts'

const asCsv = createRoute({
  method: 'get',
  path: '/imports/{id}/errors.csv',
  tags: ['Imports'],
  security: withKey,
  summary: 'Download the rows with errors',
  description:
    'Keeps the file’s columns, order, delimiter and encoding, and adds the reasons as the first column. Correct the ' +
    'rows and import the file again. The new import ignores the first column and names this import as its parent.',
  request: { params: pathId },
  responses: { 200: csvAnswer, ...problems(404) },
})

/** The rows with errors, as a file to correct. */
export function importErrorRoutes(connections: Connections, view: ImportView) {
  return new OpenAPIHono<AppEnv>().openapi(asCsv, async (c) => {
    const entry = await view.find(c.req.valid('param').id, c.get('caller').companies)
    const source = { importId: entry.id, fileId: entry.file_id, fileName: entry.name, detection: entry.detection }
    return stampedDownload(errorsCsv(connections, source), 'import-errors', 'text/csv; header=present')
  })
}
