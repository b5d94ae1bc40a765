import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { importSettings } from '../../../db/imports/import-settings.ts'
import type { ImportRecord } from '../../../db/imports/imports.ts'
import { type PlannedImport, planActions, planGains, planRows } from '../../../db/imports/rows/plan-rows.ts'
import type { Caller } from '../../http/caller.ts'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'

import { ApiProblem, notFound } from '../../http/problems.ts'
import { json, listOf, pageQuery, pathId, problems, readCursor, withKey } from '../../http/schemas/common.ts'
import { cellErrorSchema } from '../import-schemas.ts'
import type { ImportView } from '../show-import.ts'
import { planCsv } from './plan-csv.ts'
import { pageOfRows } from './row-cursors.ts'
import { csvAnswer, stampedDownload } from './stamped-download.ts'

const base = { tags: ['Imports'], security: withKey }

const planRowSchema = z
  .object({
    row: z.int(),
    action: z.enum(planActions),
    reason: z.enum(['already-there', 'unchanged']).nullable().openapi({
      description:
        'Why a row is skipped. `already-there`: existing users are not updated. `unchanged`: the row changes nothing.',
    }),
    email: z.string().nullable(),
    user: z.string().nullable().openapi({ description: 'Id of the existing user or invitation.' }),
    changes: z
      .record(z.string(), z.object({ from: z.unknown(), to: z.unknown() }))
      .openapi({ description: 'By field. References are ids.' }),
    groups: z.array(z.string()).openapi({ description: 'Ids of the groups that a new user joins.' }),
    courses: z.array(z.string()).openapi({ description: 'Courses that the user is newly enrolled in.' }),
    sendsEmail: z.boolean(),
    setsPassword: z
      .boolean()
      .openapi({ description: 'Whether the import sets a password: the default password or a generated one.' }),
    errors: z.array(cellErrorSchema),
  })
  .openapi('PlanRow')

const rows = createRoute({
  ...base,
  method: 'get',
  path: '/imports/{id}/plan',
  summary: 'List what an import will do',
  description: 'For an import in review and for a dry run. The totals are in the `plan` of the import.',
  request: {
    params: pathId,
    query: z.object({
      action: z.enum(planActions).optional(),
      with: z
        .enum(planGains)
        .optional()
        .openapi({ description: '`courses`: only rows with new enrolments. `email`: only rows with an e-mail.' }),
      ...pageQuery(1_000, 100),
    }),
  },
  responses: { 200: json(listOf(planRowSchema), 'Rows.'), ...problems(404, 409, 422) },
})

const asCsv = createRoute({
  ...base,
  method: 'get',
  path: '/imports/{id}/plan.csv',
  summary: 'Download what an import will do',
  request: { params: pathId },
  responses: { 200: csvAnswer, ...problems(404, 409) },
})

/** The plan of an import, before it runs. */
export function importPlanRoutes({ db }: Pick<ApiDeps, 'db'>, view: ImportView) {
  const plannedImport = async (id: string, { companies }: Caller): Promise<PlannedImport> => {
    const entry = withReadablePlan(await view.find(id, companies))
    const settings = await importSettings(db, entry.id)
    if (!settings) throw notFound('import')
    return { ...settings, id: entry.id }
  }

  return new OpenAPIHono<AppEnv>()
    .openapi(rows, async (c) => {
      const { action = null, with: gain = null, limit, cursor } = c.req.valid('query')
      const planned = await plannedImport(c.req.valid('param').id, c.get('caller'))
      const after = Number(readCursor(cursor, (text) => /^\d{1,9}$/.test(text)) ?? 0)
      const found = await planRows(db, planned, { action, with: gain, after, limit: limit + 1 })
      return c.json(pageOfRows(found, limit), 200)
    })
    .openapi(asCsv, async (c) => {
      const planned = await plannedImport(c.req.valid('param').id, c.get('caller'))
      return stampedDownload(planCsv(db, planned), 'import-plan')
    })
}

/** Rejects an import that has no plan, or one that is already applied. After apply, the result shows what was done. */
function withReadablePlan(entry: ImportRecord): ImportRecord {
  const { status, options, plan } = entry
  if (plan !== null && (status === 'review' || (options.dryRun && status === 'completed'))) return entry
  throw new ApiProblem('no-plan', `The import is ${status}. You can read a plan in review and after a dry run.`)
}
