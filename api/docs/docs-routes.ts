import type { OpenAPIHono } from '@hono/zod-openapi'
import { Hono } from 'hono'
import type { AppEnv } from '../http/deps.ts'
import { docsPage } from './docs-page.ts'
import { documentOf, registerShared } from './document.ts'

/** The styles of the page stand in it; there is nothing else to load. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** The API's description, for programs at /openapi.json and for people at /docs. */
export function docsRoutes(app: OpenAPIHono<AppEnv>, publicUrl: string) {
  registerShared(app)
  return new Hono<AppEnv>()
    .get('/openapi.json', (c) => c.json(documentOf(app)))
    .get('/docs', (c) => c.html(docsPage(documentOf(app), publicUrl), 200, { 'Content-Security-Policy': POLICY }))
}
