import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'
import type { Config } from '../../config/config.ts'
import type { AppEnv } from './deps.ts'
import { ApiProblem } from './problems.ts'

/** Maximum size of a JSON body. Uploads are streamed and have their own limit. */
const MAX_JSON_BYTES = 1024 * 1024

const limited = bodyLimit({
  maxSize: MAX_JSON_BYTES,
  onError: () => {
    throw new ApiProblem('too-large', 'The body of this request may have at most 1 MiB.', {}, { Connection: 'close' })
  },
})

/** Paths that accept a file. */
const uploads: ReadonlySet<string> = new Set(['/v1/imports', '/v1/imports/preview', '/v1/drafts'])

/** Refuses a body over the limit before reading it (RFC 9110, section 15.5.14). */
export const smallBodies = createMiddleware<AppEnv>(async (c, next) =>
  c.req.method === 'POST' && uploads.has(c.req.path) ? next() : limited(c, next),
)

/** Sets the headers that restrict what a browser does with a response. */
export function withSecurityHeaders({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>) {
  const headers = secureHeaders({
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer',
    // Only behind TLS. Subdomains may belong to other applications, so they are not included.
    strictTransportSecurity: PUBLIC_URL.startsWith('https:') ? 'max-age=15552000' : false,
  })
  return createMiddleware<AppEnv>(async (c, next) => {
    await headers(c, next)
    // Responses hold personal data and must not be cached (ASVS 5.0, 14.3.2).
    if (c.req.path.startsWith('/v1/')) c.res.headers.set('Cache-Control', 'no-store')
  })
}
