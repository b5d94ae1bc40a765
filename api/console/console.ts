import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono } from 'hono'
import type { AppEnv } from '../http/deps.ts'
import { webFolder } from './web-files.ts'

/** The addresses of the console's pages (web/routes.ts); each answers with the same document, which shows the page. */
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

/** Names of these files change with their content (RFC 8246). */
const FOREVER = 'public, max-age=31536000, immutable'

/** The console: one document for all of its pages, and what they and the activation pages load. Needs no key. */
export function consoleRoutes() {
  const app = new Hono<AppEnv>()
  if (webFolder !== undefined) {
    const root = webFolder
    app.get(
      '/assets/:file',
      serveStatic({ root, precompressed: true, onFound: (_, c) => c.header('Cache-Control', FOREVER) }),
    )
    app.get('/icon.svg', serveStatic({ root, path: 'icon.svg' }))
  }
  for (const path of consolePaths) app.get(path, (c) => consoleDocument(c, 200))
  return app
}

/** The document that shows every page of the console; for an address that leads nowhere, the page which says so. */
export async function consoleDocument(c: Context<AppEnv>, status: 200 | 404): Promise<Response> {
  if (webFolder === undefined) return c.text('The console is not built: run “npm run build”, then start again.', 503)
  const nonce = randomBytes(16).toString('base64')
  const page = (await readFile(join(webFolder, 'index.html'), 'utf8')).replaceAll('{{nonce}}', nonce)
  return c.html(page, status, { 'Cache-Control': 'no-cache', 'Content-Security-Policy': policy(nonce) })
}

/** Somebody opened an address in a browser, where no program's answer belongs. */
export function opensPage({ req }: Context<AppEnv>): boolean {
  const asksForPage = req.method === 'GET' && req.header('Accept')?.includes('text/html') === true
  return asksForPage && !/^\/(v1|assets)(\/|$)/.test(req.path)
}

/**
 * Only our own scripts, and nothing from elsewhere. Mantine writes its variables into `<style>` elements, which carry
 * the nonce of the document that they are written into.
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
