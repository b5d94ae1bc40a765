import { createMiddleware } from 'hono/factory'
import { matchedRoutes } from 'hono/route'
import type { Logger } from 'pino'
import type { Caller } from './caller.ts'
import type { AppEnv } from './deps.ts'
import type { Metrics } from './metrics.ts'

/**
 * One line and one measurement for each request: the pattern of the route, never the path, the query or the body, which
 * may hold links, addresses and names (invariant 10).
 */
export function requestLog(log: Logger, metrics: Metrics) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const started = performance.now()
    await next()
    const ms = Math.round(performance.now() - started)
    const route = matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path ?? 'none'
    const { method } = c.req
    const { status } = c.res
    metrics.request({ method, route, status: String(status) }, ms / 1_000)
    // Probes ask every few seconds; they are counted, not told.
    const level = status >= 500 ? 'error' : route.startsWith('/v1') || status >= 400 ? 'info' : 'debug'
    log[level]({ method, route, status, ms, requestId: c.get('requestId'), ...whoAsked(c.get('caller')) }, 'request')
  })
}

/** A key by its prefix, an account by its id: names and addresses of people belong into no log. */
function whoAsked(caller: Caller | undefined): { key?: string; account?: string } {
  if (!caller) return {}
  return caller.accountId === null ? { key: caller.prefix } : { account: caller.accountId }
}

/** What may be told of an error: its names and where it came from; its message may be about people. */
export function describeError(error: unknown): Record<string, unknown> {
  const { name, code, constraint, table, stack, cause } = (error ?? {}) as Record<string, unknown>
  const frames = typeof stack === 'string' ? stack.split('\n').filter((line) => /^\s+at /.test(line)) : []
  return { name, code, constraint, table, stack: frames.join('\n'), ...(cause ? { cause: describeError(cause) } : {}) }
}
