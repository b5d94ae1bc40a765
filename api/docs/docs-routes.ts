import type { OpenAPIHono } from '@hono/zod-openapi'
import { Hono } from 'hono'
import type { AppEnv } from '../http/deps.ts'
import { docsPage } from './docs-page.ts'
import { documentOf, registerShared } from './document.ts'

/** The page contains its styles and loads nothing. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** The OpenAPI document at /openapi.json, and the page made from it at /docs. */
export function docsRoutes(app: OpenAPIHono<AppEnv>, publicUrl: string) {
  registerShared(app)
  return new Hono<AppEnv>()
    .get('/openapi.json', (c) => c.json(documentOf(app)))
    .get('/docs', (c) => c.html(docsPage(documentOf(app), publicUrl), 200, { 'Content-Security-Policy': POLICY }))
}
