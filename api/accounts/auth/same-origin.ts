import type { Context } from 'hono'
import type { AppEnv } from '../../http/deps.ts'
import { ApiProblem } from '../../http/problems.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what another site makes a browser send (OWASP, Cross-Site Request Forgery Prevention: verify the origin). The
 * cookie is `SameSite=Lax` as well; this holds where that does not, as for other ports of localhost.
 *
 * @param strict a request that proves nothing is refused too: its cookie was sent by a browser
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
    `This request does not come from a page of ${new URL(publicUrl).origin}: open the console at that address.`,
  )
}
