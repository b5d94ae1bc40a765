import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { isMigrated } from '../../db/imports/statistics.ts'
import type { ApiDeps, AppEnv } from './deps.ts'
import type { Metrics } from './metrics.ts'
import { json } from './schemas/common.ts'

/** Milliseconds that a probe waits for each thing that it asks. */
const PATIENCE = 2_000

const tags = ['Operation']
const readiness = z
  .object({
    ready: z.boolean(),
    database: z.enum(['ready', 'not-migrated', 'unreachable']),
    temporal: z.enum(['ready', 'unreachable']).openapi({ description: 'Told, not required: uploads work without it.' }),
  })
  .openapi('Readiness')

const healthz = createRoute({
  method: 'get',
  path: '/healthz',
  tags,
  summary: 'Does the process live?',
  responses: { 200: { description: 'Yes.', content: { 'text/plain': { schema: z.string() } } } },
})

const readyz = createRoute({
  method: 'get',
  path: '/readyz',
  tags,
  summary: 'Can it take requests?',
  responses: { 200: json(readiness, 'Yes.'), 503: json(readiness, 'The database is away or has no tables.') },
})

const figures = createRoute({
  method: 'get',
  path: '/metrics',
  tags,
  summary: 'Figures for Prometheus',
  responses: { 200: { description: 'Text format 0.0.4.', content: { 'text/plain': { schema: z.string() } } } },
})

/** What supervisors and monitors ask. */
export function healthRoutes({ db, temporal }: Pick<ApiDeps, 'db' | 'temporal'>, metrics: Metrics) {
  const databaseState = async () => ((await isMigrated(db)) ? 'ready' : 'not-migrated') as 'ready' | 'not-migrated'
  const temporalState = async () => {
    const client = await temporal()
    await client.withDeadline(Date.now() + PATIENCE, () => client.workflowService.getSystemInfo({}))
    return 'ready' as const
  }

  return new OpenAPIHono<AppEnv>()
    .openapi(healthz, (c) => c.text('ok\n', 200))
    .openapi(readyz, async (c) => {
      const [database, temporal] = await Promise.all([within(databaseState()), within(temporalState())])
      const ready = database === 'ready'
      return c.json({ ready, database, temporal }, ready ? 200 : 503)
    })
    .openapi(figures, async (c) => c.text(await metrics.text(), 200, { 'Content-Type': metrics.contentType }))
}

/** What fails or takes too long is not reachable. */
async function within<State>(state: Promise<State>): Promise<State | 'unreachable'> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<'unreachable'>((resolve) => {
    timer = setTimeout(() => resolve('unreachable'), PATIENCE)
  })
  try {
    return await Promise.race([state.catch(() => 'unreachable' as const), timeout])
  } finally {
    clearTimeout(timer)
  }
}
