import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { importSettings } from '../../../db/imports/import-settings.ts'
import type { ImportRecord } from '../../../db/imports/imports.ts'
import { type PlannedImport, planActions, planGains, planRows } from '../../../db/imports/rows/plan-rows.ts'
import type { Caller } from '../../http/caller.ts'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'
import { download } from '../../http/download.ts'
import { ApiProblem, notFound } from '../../http/problems.ts'
import { cursorOf, json, listOf, pageQuery, pathId, problems, readCursor, withKey } from '../../http/schemas/common.ts'
import { cellErrorSchema } from '../import-schemas.ts'
import type { ImportView } from '../show-import.ts'
import { planCsv } from './plan-csv.ts'
import { stampedName } from './results.ts'

const base = { tags: ['Imports'], security: withKey }

const planRowSchema = z
  .object({
    row: z.int(),
    action: z.enum(planActions),
    reason: z
      .enum(['already-there', 'unchanged'])
      .nullable()
      .openapi({ description: 'Why somebody is skipped: people who are there are left alone, or nothing is new.' }),
    email: z.string().nullable(),
    user: z.string().nullable().openapi({ description: 'The user, or the invitation, who is there already.' }),
    changes: z
      .record(z.string(), z.object({ from: z.unknown(), to: z.unknown() }))
      .openapi({ description: 'By field; references to others are ids.' }),
    groups: z.array(z.string()).openapi({ description: 'Ids of the groups that a new person will be in.' }),
    courses: z.array(z.string()).openapi({ description: 'Courses that the person will newly be enrolled in.' }),
    sendsEmail: z.boolean(),
    setsPassword: z.boolean().openapi({ description: 'Whether the person gets a password that somebody else chose.' }),
    errors: z.array(cellErrorSchema),
  })
  .openapi('PlanRow')

const rows = createRoute({
  ...base,
  method: 'get',
  path: '/imports/{id}/plan',
  summary: 'See what an import will do, before it does it',
  description: 'For an import in review and for a dry run. The counts are the `plan` of the import.',
  request: {
    params: pathId,
    query: z.object({
      action: z.enum(planActions).optional(),
      with: z
        .enum(planGains)
        .optional()
        .openapi({ description: '`courses`: who is newly enrolled; `email`: who gets an e-mail.' }),
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
  responses: {
    200: { description: 'A file.', content: { 'text/csv': { schema: { type: 'string' as const } } } },
    ...problems(404, 409),
  },
})

/** The plan before it runs. */
export function importPlanRoutes({ db }: Pick<ApiDeps, 'db'>, view: ImportView) {
  const plannedImport = async (id: string, { companies }: Caller): Promise<PlannedImport> => {
    const entry = offered(await view.find(id, companies))
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
      const items = found.slice(0, limit)
      const last = items.at(-1)
      return c.json({ items, next: found.length > limit && last ? cursorOf(last.row) : null }, 200)
    })
    .openapi(asCsv, async (c) => {
      const planned = await plannedImport(c.req.valid('param').id, c.get('caller'))
      const name = stampedName('import-plan', new Date(), 'csv')
      return download(planCsv(db, planned), name, 'text/csv; charset=utf-8; header=present')
    })
}

/** A plan is worth reading between validation and apply: later the result says what was done. */
function offered(entry: ImportRecord): ImportRecord {
  const { status, options, plan } = entry
  if (plan !== null && (status === 'review' || (options.dryRun && status === 'completed'))) return entry
  throw new ApiProblem('no-plan', `The import is ${status}. Its plan can be read in review, and after a dry run.`)
}
