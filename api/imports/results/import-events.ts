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

/** Milliseconds between reads of the import: short after a change, longer while nothing changes. */
const MIN_WAIT_MS = 500
const MAX_WAIT_MS = 2_000

/** Milliseconds without an event after which a comment is sent. Proxies close silent connections. */
const HEARTBEAT_MS = 10_000

const events = createRoute({
  method: 'get',
  path: '/imports/{id}/events',
  tags: ['Imports'],
  security: withKey,
  summary: 'Follow an import',
  description:
    'Server-sent events. An event `import` with the import as JSON is sent immediately and on every change. The stream ' +
    'ends when the import has ended, waits for an administrator, or leaves the caller’s scope. With `Last-Event-ID`, ' +
    'no event is sent twice, and the response is 204 if no event can follow.',
  request: { params: pathId },
  responses: {
    200: { description: 'Events.', content: { 'text/event-stream': { schema: { type: 'string' as const } } } },
    204: { description: 'The import has ended, and `Last-Event-ID` is its last event. Do not reconnect.' },
    ...problems(404),
  },
})

/** Streams the changes of an import while it runs. */
export function importEventRoutes({ db, stopping }: Pick<ApiDeps, 'db' | 'stopping'>, view: ImportView) {
  /** Returns null when the import leaves the caller's scope: a key is revoked, or an administrator loses a company. */
  const read = async (id: string, caller: Caller): Promise<ImportJson | null> => {
    const scope = await currentScope(db, caller)
    return scope && view.show(id, scope.companies).catch(nullWhenHidden)
  }

  return new OpenAPIHono<AppEnv>().openapi(events, async (c) => {
    const { id } = c.req.valid('param')
    const caller = c.get('caller')
    const first = await view.show(id, caller.companies)
    const seen = c.req.header('Last-Event-ID')
    // HTML standard, section 9.2.3: an EventSource does not reconnect after a 204.
    if (isFinal(first.status) && seen === versionOf(first)) return c.body(null, 204)
    c.header('X-Accel-Buffering', 'no')
    return streamSSE(c, (stream) => follow(stream, first, seen, () => read(id, caller), stopping)) as never
  })
}

async function follow(
  stream: SSEStreamingApi,
  first: ImportJson,
  seen: string | undefined,
  read: () => Promise<ImportJson | null>,
  stopping: AbortSignal | undefined,
): Promise<void> {
  let current: ImportJson | null = first
  let sent = seen
  let sentAt = Date.now()
  let wait = MIN_WAIT_MS
  while (current) {
    const version = versionOf(current)
    if (version !== sent) {
      await stream.writeSSE({ event: 'import', id: version, data: JSON.stringify(current) })
      sent = version
      sentAt = Date.now()
      wait = MIN_WAIT_MS
      if (isFinal(current.status) || current.status === 'paused' || current.status === 'review') return
    } else {
      wait = Math.min(wait * 1.5, MAX_WAIT_MS)
      if (Date.now() - sentAt > HEARTBEAT_MS) {
        await stream.write(': still here\n\n')
        sentAt = Date.now()
      }
    }
    await sleep(wait, undefined, stopping ? { signal: stopping } : {}).catch(() => undefined)
    if (stream.aborted || stopping?.aborted) return
    current = await read()
  }
}

function nullWhenHidden(error: unknown): null {
  if (error instanceof ApiProblem && error.code === 'not-found') return null
  throw error
}

/** Returns a hash of the import. Every API process returns the same version for the same state. */
function versionOf(entry: ImportJson): string {
  return createHash('sha256').update(JSON.stringify(entry)).digest('base64url').slice(0, 16)
}
