import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'
import { json, pathId, problems, withKey } from '../../http/schemas/common.ts'
import { importSchema } from '../import-schemas.ts'
import type { ImportView } from '../show-import.ts'
import { revalidate } from './revalidate.ts'

const again = createRoute({
  method: 'post',
  path: '/imports/{id}/revalidate',
  tags: ['Imports'],
  security: withKey,
  summary: 'Check the stored file of an import again',
  description:
    'After course titles were taught, or companies, courses, groups or fields have changed; no upload is needed. For an ' +
    'import that was rejected or is in review, and after a dry run: it starts over with the same file and options.',
  request: { params: pathId },
  responses: { 202: json(importSchema, 'The import, at its beginning again.'), ...problems(404, 409) },
})

/** Repair instead of starting over. */
export function importRevalidateRoutes(deps: ApiDeps, view: ImportView) {
  return new OpenAPIHono<AppEnv>().openapi(again, async (c) => {
    const caller = c.get('caller')
    const entry = await view.find(c.req.valid('param').id, caller.companies)
    await revalidate(deps, entry, caller)
    return c.json(await view.show(entry.id, caller.companies), 202)
  })
}
