import { setTimeout as sleep } from 'node:timers/promises'
import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Config } from '../../config/config.ts'
import type { Db } from '../../db/core/database.ts'
import { inTransactionWithRetries } from '../../db/core/retries.ts'
import { type FoundLink, findLink, renewLink, useLink } from '../../db/emails/activation.ts'
import { judgePassword } from '../../domain/passwords/judge-password.ts'
import type { PasswordFault } from '../../domain/passwords/password.ts'
import { localeFor } from '../../domain/texts/index.ts'
import { hashToken, isToken } from '../../security/link-token.ts'
import { hashPassword, PasswordsBusy } from '../../security/password.ts'
import { scriptAddress } from '../console/web-files.ts'
import type { ApiProblem } from '../http/problems.ts'
import { addressPrefix, createRateLimit } from '../http/rate-limit.ts'
import { visitorLocale } from '../http/visitor-locale.ts'
import * as pages from './pages/activation.ts'
import { contentSecurityPolicy, policyWithScript } from './pages/style.ts'

export interface ActivateDeps {
  db: Db
  config: Pick<Config, 'SIGN_IN_URL'>
}

/** Bytes of a form with one password. RFC 9110, section 15.5.14: a larger body is rejected before it is read. */
const MAX_FORM_BYTES = 16 * 1024

/**
 * Limits for each link and IP address: 120 submits at once and then one a second, 5 renewals at once and then one a
 * minute. An office behind one address may activate a hundred users at once.
 */
const SUBMITS = { burst: 120, everyMs: 1_000 }
const RENEWALS = { burst: 5, everyMs: 60_000 }

/** Milliseconds that every renewal takes at least, so that its duration does not reveal whether the link exists. */
const RENEWAL_MS = 300

const headers: Record<string, string> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': contentSecurityPolicy,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex',
}

/**
 * The public pages of activation links. GET and HEAD never use up a link, however often a scanner opens it. Only the
 * transaction that sets the password uses it up (HAZARDS.md 7). The log contains `/activate/:token` instead of the path.
 */
export function activateRoutes({ db, config }: ActivateDeps): Hono {
  const app = new Hono()
  const submits = createRateLimit(SUBMITS.burst, SUBMITS.everyMs)
  const renewals = createRateLimit(RENEWALS.burst, RENEWALS.everyMs)
  const oneAtATime = createTurns()
  // A relative URL, so that no header and no proxy can redirect the form.
  const renewAction = (token: string): string => `${token}/renew`

  const find = async (token: string): Promise<FoundLink | null> =>
    isToken(token) ? findLink(db, hashToken(token)) : null

  /** Shows the page for a link's state: the form for a live link, otherwise the reason why there is no form. */
  const pageOf = (c: Context, token: string, link: FoundLink | null) => {
    if (!link) return c.html(pages.unknownPage(visitorLocale(c)), 404)
    const locale = localeFor(link.language)
    switch (link.state) {
      case 'disabled':
        return c.html(pages.disabledPage(locale, link), 403)
      case 'used':
        return c.html(pages.usedPage(locale, link, config.SIGN_IN_URL), c.req.method === 'POST' ? 409 : 200)
      case 'ended':
        return c.html(pages.endedPage(locale, link, renewAction(token)), 410)
      case 'expired':
        return c.html(pages.expiredPage(locale, link, renewAction(token)), 410)
      case 'live':
        return form(c, link, null)
    }
  }

  const form = async (c: Context, link: FoundLink, fault: PasswordFault | null) => {
    const script = await scriptAddress('activate/field.ts')
    if (script) c.header('Content-Security-Policy', policyWithScript)
    return c.html(pages.passwordPage(localeFor(link.language), link, { fault, script }), fault ? 422 : 200)
  }

  const busy = (c: Context, status: 429 | 503, waitMs: number) => {
    c.header('Retry-After', String(Math.ceil(waitMs / 1_000)))
    return c.html(pages.busyPage(visitorLocale(c)), status)
  }

  app.use('/activate/*', async (c, next) => {
    setHeaders(c)
    await next()
  })
  app.use('/activate/*', bodyLimit({ maxSize: MAX_FORM_BYTES, onError: (c) => c.body(null, 413) }))

  // Hono answers HEAD with the headers of this GET.
  app.get('/activate/:token', async (c) => pageOf(c, c.req.param('token'), await find(c.req.param('token'))))

  app.post('/activate/:token', async (c) => {
    const token = c.req.param('token')
    const wait = submits.take(`${visitor(c)} ${token}`)
    if (wait > 0) return busy(c, 429, wait)
    const password = await field(c, 'password')
    // Of many posts for one link, only the first computes a hash. The others find the link used.
    return oneAtATime(token, async () => {
      const link = await find(token)
      if (link?.state !== 'live') return pageOf(c, token, link)
      const fault = judgePassword(password, link)
      if (fault) return form(c, link, fault)
      try {
        const hashed = await hashPassword(password)
        const found = await inTransactionWithRetries(db, (trx) => useLink(trx, hashToken(token), hashed))
        if (found === 'live') return c.html(pages.donePage(localeFor(link.language), link, config.SIGN_IN_URL))
        return pageOf(c, token, found ? { ...link, state: found } : null)
      } catch (error) {
        if (error instanceof PasswordsBusy) return busy(c, 503, 2_000)
        throw error
      }
    })
  })

  app.post('/activate/:token/renew', async (c) => {
    const token = c.req.param('token')
    const wait = renewals.take(`${visitor(c)} ${token}`)
    if (wait > 0) return busy(c, 429, wait)
    const language = await field(c, 'language')
    const renew = isToken(token)
      ? inTransactionWithRetries(db, (trx) => renewLink(trx, hashToken(token)))
      : Promise.resolve()
    await Promise.all([renew, sleep(RENEWAL_MS)])
    return c.html(pages.renewedPage(language ? localeFor(language) : visitorLocale(c)))
  })

  app.get('/activate/*', (c) => {
    // The URL of a reloaded renewal page, or one with an extra slash, still contains a valid token.
    const token = /^\/activate\/([\w.-]+)\/(renew)?$/.exec(c.req.path)?.[1]
    return token === undefined ? pageOf(c, '', null) : c.redirect(`../${token}`, 303)
  })

  return app
}

/** Returns the page for a request that failed on the server, or null outside these pages. The log has the cause. */
export function activationFailure(c: Context, { code }: ApiProblem) {
  if (!c.req.path.startsWith('/activate/')) return null
  if (code !== 'internal-error' && code !== 'database-unavailable') return null
  setHeaders(c)
  return c.html(pages.failedPage(visitorLocale(c)), code === 'internal-error' ? 500 : 503)
}

function setHeaders(c: Context): void {
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
}

async function field(c: Context, name: string): Promise<string> {
  const body = await c.req.parseBody()
  const value = body[name]
  return typeof value === 'string' ? value : ''
}

/**
 * Returns the client's address prefix, for rate limits only. Ignores forwarding headers, because a client can forge
 * them. Behind a proxy, all clients share one limit.
 */
function visitor(c: Context): string {
  try {
    return addressPrefix(getConnInfo(c).remote.address)
  } catch {
    return 'unknown'
  }
}

/** Runs one piece of work at a time for each key, in order of arrival. */
function createTurns() {
  const last = new Map<string, Promise<unknown>>()
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work, work)
    last.set(key, turn)
    try {
      return await turn
    } finally {
      if (last.get(key) === turn) last.delete(key)
    }
  }
}
