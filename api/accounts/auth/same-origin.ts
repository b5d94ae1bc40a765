import type { Context } from 'hono'
import type { AppEnv } from '../../http/deps.ts'
import { ApiProblem } from '../../http/problems.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses requests that another site makes a browser send (OWASP, Cross-Site Request Forgery Prevention: verify the
 * origin). The cookie is also `SameSite=Lax`, which does not protect against other ports of localhost.
 *
 * @param strict refuse a request without an origin too, because a browser sent its cookie
 * @throws ApiProblem 403
 */
export function requireSameOrigin(c: Context<AppEnv>, publicUrl: string, { strict }: { strict: boolean }): void {
  if (SAFE.has(c.req.method)) return
  const origin = c.req.header('Origin')
  const site = c.req.header('Sec-Fetch-Site')
  const same = origin === undefined ? site === 'same-origin' : origin === new URL(publicUrl).origin
  const silent = origin === undefined && site === undefined
  if (same || (silent && !strict)) return
  throw new ApiProblem(
    'cross-origin',
    `This request does not come from a page of ${new URL(publicUrl).origin}. Open the console at that URL.`,
  )
}
