import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { isMigrated } from '../../db/imports/statistics.ts'
import type { ApiDeps, AppEnv } from './deps.ts'
import type { Metrics } from './metrics.ts'
import { json } from './schemas/common.ts'

/** How long a probe waits for the database and for Temporal. */
const PROBE_TIMEOUT_MS = 2_000

const tags = ['Operation']
const readiness = z
  .object({
    ready: z.boolean(),
    database: z.enum(['ready', 'not-migrated', 'unreachable']),
    temporal: z
      .enum(['ready', 'unreachable'])
      .openapi({ description: 'Reported but not required. Uploads work without it.' }),
  })
  .openapi('Readiness')

const healthz = createRoute({
  method: 'get',
  path: '/healthz',
  tags,
  summary: 'Check that the process is alive',
  responses: { 200: { description: 'The process is alive.', content: { 'text/plain': { schema: z.string() } } } },
})

const readyz = createRoute({
  method: 'get',
  path: '/readyz',
  tags,
  summary: 'Check that the process can serve requests',
  responses: {
    200: json(readiness, 'The process can serve requests.'),
    503: json(readiness, 'The database is unreachable or has no tables.'),
  },
})

const figures = createRoute({
  method: 'get',
  path: '/metrics',
  tags,
  summary: 'Read metrics for Prometheus',
  responses: {
    200: { description: 'Metrics in Prometheus text format 0.0.4.', content: { 'text/plain': { schema: z.string() } } },
  },
})

/** The routes for supervisors and monitoring. They need no key. */
export function healthRoutes({ db, temporal }: Pick<ApiDeps, 'db' | 'temporal'>, metrics: Metrics) {
  const databaseState = async () => ((await isMigrated(db)) ? 'ready' : 'not-migrated') as 'ready' | 'not-migrated'
  const temporalState = async () => {
    const client = await temporal()
    await client.withDeadline(Date.now() + PROBE_TIMEOUT_MS, () => client.workflowService.getSystemInfo({}))
    return 'ready' as const
  }

  return new OpenAPIHono<AppEnv>()
    .openapi(healthz, (c) => c.text('ok\n', 200))
    .openapi(readyz, async (c) => {
      const [database, temporal] = await Promise.all([stateOf(databaseState()), stateOf(temporalState())])
      const ready = database === 'ready'
      return c.json({ ready, database, temporal }, ready ? 200 : 503)
    })
    .openapi(figures, async (c) => c.text(await metrics.text(), 200, { 'Content-Type': metrics.contentType }))
}

/** Returns `unreachable` for a check that fails or takes too long. */
async function stateOf<State>(check: Promise<State>): Promise<State | 'unreachable'> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<'unreachable'>((resolve) => {
    timer = setTimeout(() => resolve('unreachable'), PROBE_TIMEOUT_MS)
  })
  try {
    return await Promise.race([check.catch(() => 'unreachable' as const), timeout])
  } finally {
    clearTimeout(timer)
  }
}
