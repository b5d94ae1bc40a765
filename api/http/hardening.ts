import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'
import type { Config } from '../../config/config.ts'
import type { AppEnv } from './deps.ts'
import { ApiProblem } from './problems.ts'

/** Bytes of a JSON body. Uploads are streamed and have a limit of their own. */
const MAX_JSON = 1024 * 1024

const limited = bodyLimit({
  maxSize: MAX_JSON,
  onError: () => {
    throw new ApiProblem('too-large', 'The body of this request may have 1 MiB.', {}, { Connection: 'close' })
  },
})

/** Addresses that take a file. */
const uploads: ReadonlySet<string> = new Set(['/v1/imports', '/v1/imports/preview', '/v1/drafts'])

/** Refuses what is too big before it is read (RFC 9110, section 15.5.14). */
export const smallBodies = createMiddleware<AppEnv>(async (c, next) =>
  c.req.method === 'POST' && uploads.has(c.req.path) ? next() : limited(c, next),
)

/** Headers that stand between an answer and a browser that would make too much of it. */
export function withSecurityHeaders({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>) {
  const headers = secureHeaders({
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer',
    // Only where people come by TLS; subdomains are somebody else's decision.
    strictTransportSecurity: PUBLIC_URL.startsWith('https:') ? 'max-age=15552000' : false,
  })
  return createMiddleware<AppEnv>(async (c, next) => {
    await headers(c, next)
    // Answers hold people's data: they belong into no cache (ASVS 5.0, 14.3.2).
    if (c.req.path.startsWith('/v1/')) c.res.headers.set('Cache-Control', 'no-store')
  })
}
