import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono } from 'hono'
import type { AppEnv } from '../http/deps.ts'
import { webFolder } from './web-files.ts'

/** The paths of the console's pages (web/routes.tsx). Each returns the same document, which shows the page. */
export const consolePaths = [
  '/',
  '/imports',
  '/imports/:id',
  '/import',
  '/import/:draft',
  '/people',
  '/people/:id',
  '/setup',
  '/setup/:part{.+}',
  '/account',
  '/sign-in',
  '/accept/:token',
  '/reset/:token',
] as const

/** For files whose names change with their content (RFC 8246). */
const IMMUTABLE = 'public, max-age=31536000, immutable'

/** The console's document, and the files that the console and the activation pages load. No key is needed. */
export function consoleRoutes() {
  const app = new Hono<AppEnv>()
  if (webFolder !== undefined) {
    const root = webFolder
    app.get(
      '/assets/:file',
      serveStatic({ root, precompressed: true, onFound: (_, c) => c.header('Cache-Control', IMMUTABLE) }),
    )
    app.get('/icon.svg', serveStatic({ root, path: 'icon.svg' }))
  }
  for (const path of consolePaths) app.get(path, (c) => consoleDocument(c, 200))
  return app
}

/** Returns the document of the console. With status 404 it shows the page for an unknown URL. */
export async function consoleDocument(c: Context<AppEnv>, status: 200 | 404): Promise<Response> {
  if (webFolder === undefined)
    return c.text('The console is not built. Run “npm run build”, then start Muster again.', 503)
  const nonce = randomBytes(16).toString('base64')
  const page = (await readFile(join(webFolder, 'index.html'), 'utf8')).replaceAll('{{nonce}}', nonce)
  return c.html(page, status, { 'Cache-Control': 'no-cache', 'Content-Security-Policy': policy(nonce) })
}

/** True when a browser opened a URL that may be a page, so that it gets a page and not a JSON problem. */
export function opensPage({ req }: Context<AppEnv>): boolean {
  const asksForPage = req.method === 'GET' && req.header('Accept')?.includes('text/html') === true
  return asksForPage && !/^\/(v1|assets)(\/|$)/.test(req.path)
}

/**
 * Allows only files of this origin. Mantine writes its variables into `<style>` elements, which carry the nonce of the
 * document.
 */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
