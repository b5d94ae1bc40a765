import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { isFinal } from '../../../domain/imports/states.ts'
import { currentScope } from '../../accounts/current-scope.ts'
import type { Caller } from '../../http/caller.ts'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'
import { ApiProblem } from '../../http/problems.ts'
import { pathId, problems, withKey } from '../../http/schemas/common.ts'
import type { ImportJson } from '../import-schemas.ts'
import type { ImportView } from '../show-import.ts'

/** Milliseconds between looks at the database: short while something changes, longer while nothing does. */
const FAST = 500
const SLOW = 2_000

/** Milliseconds of silence after which a comment says that somebody is there: proxies cut silent connections. */
const HEARTBEAT = 10_000

const events = createRoute({
  method: 'get',
  path: '/imports/{id}/events',
  tags: ['Imports'],
  security: withKey,
  summary: 'Follow an import',
  description:
    'Server-sent events: an event `import` with the import as JSON at once and on every change. Ends when the import ' +
    'has ended, waits for a person, or is not for the caller any more. With `Last-Event-ID` nothing is told twice; 204 ' +
    'when there is nothing to come.',
  request: { params: pathId },
  responses: {
    200: { description: 'Events.', content: { 'text/event-stream': { schema: { type: 'string' as const } } } },
    204: { description: 'The import has ended as `Last-Event-ID` says; do not connect again.' },
    ...problems(404),
  },
})

/** Tells what happens to an import while it happens. */
export function importEventRoutes({ db, stopping }: Pick<ApiDeps, 'db' | 'stopping'>, view: ImportView) {
  /** null when it is not for the caller any more: a key is revoked, an account loses a company. */
  const look = async (id: string, caller: Caller): Promise<ImportJson | null> => {
    const scope = await currentScope(db, caller)
    return scope && view.show(id, scope.companies).catch(nullWhenHidden)
  }

  return new OpenAPIHono<AppEnv>().openapi(events, async (c) => {
    const { id } = c.req.valid('param')
    const caller = c.get('caller')
    const first = await view.show(id, caller.companies)
    const seen = c.req.header('Last-Event-ID')
    // HTML standard, section 9.2.3: 204 tells an EventSource not to connect again.
    if (isFinal(first.status) && seen === versionOf(first)) return c.body(null, 204)
    c.header('X-Accel-Buffering', 'no')
    return streamSSE(c, (stream) => tell(stream, first, seen, () => look(id, caller), stopping)) as never
  })
}

async function tell(
  stream: SSEStreamingApi,
  first: ImportJson,
  seen: string | undefined,
  look: () => Promise<ImportJson | null>,
  stopping: AbortSignal | undefined,
): Promise<void> {
  let current: ImportJson | null = first
  let told = seen
  let toldAt = Date.now()
  let wait = FAST
  while (current) {
    const version = versionOf(current)
    if (version !== told) {
      await stream.writeSSE({ event: 'import', id: version, data: JSON.stringify(current) })
      told = version
      toldAt = Date.now()
      wait = FAST
      if (isFinal(current.status) || current.status === 'paused' || current.status === 'review') return
    } else {
      wait = Math.min(wait * 1.5, SLOW)
      if (Date.now() - toldAt > HEARTBEAT) {
        await stream.write(': still here\n\n')
        toldAt = Date.now()
      }
    }
    await sleep(wait, undefined, stopping ? { signal: stopping } : {}).catch(() => undefined)
    if (stream.aborted || stopping?.aborted) return
    current = await look()
  }
}

function nullWhenHidden(error: unknown): null {
  if (error instanceof ApiProblem && error.code === 'not-found') return null
  throw error
}

/** Two equal states have one version, whichever process tells them. */
function versionOf(entry: ImportJson): string {
  return createHash('sha256').update(JSON.stringify(entry)).digest('base64url').slice(0, 16)
}
