import { createMiddleware } from 'hono/factory'
import { matchedRoutes } from 'hono/route'
import type { Logger } from 'pino'
import type { Caller } from './caller.ts'
import type { AppEnv } from './deps.ts'
import type { Metrics } from './metrics.ts'

/**
 * Logs and measures each request by the pattern of its route. Path, query and body may hold links, addresses and names,
 * so they are never logged (invariant 10).
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
    // Probes come every few seconds. They are counted, and logged only at debug level.
    const level = status >= 500 ? 'error' : route.startsWith('/v1') || status >= 400 ? 'info' : 'debug'
    log[level]({ method, route, status, ms, requestId: c.get('requestId'), ...identityOf(c.get('caller')) }, 'request')
  })
}

/** Identifies a key by its prefix and an administrator by id, because logs hold no names and no addresses. */
function identityOf(caller: Caller | undefined): { key?: string; account?: string } {
  if (!caller) return {}
  return caller.accountId === null ? { key: caller.prefix } : { account: caller.accountId }
}

/** The parts of an error that may be logged: its names and stack frames. Its message may hold personal data. */
export function describeError(error: unknown): Record<string, unknown> {
  const { name, code, constraint, table, stack, cause } = (error ?? {}) as Record<string, unknown>
  const frames = typeof stack === 'string' ? stack.split('\n').filter((line) => /^\s+at /.test(line)) : []
  return { name, code, constraint, table, stack: frames.join('\n'), ...(cause ? { cause: describeError(cause) } : {}) }
}
