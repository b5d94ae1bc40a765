import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'
import { json, pathId, problems, withKey } from '../../http/schemas/common.ts'
import { importSchema } from '../import-schemas.ts'
import type { ImportView } from '../show-import.ts'
import { revalidate } from './revalidate.ts'

const recheck = createRoute({
  method: 'post',
  path: '/imports/{id}/revalidate',
  tags: ['Imports'],
  security: withKey,
  summary: 'Check the stored file of an import again',
  description:
    'Validates the stored file again with the same options, for example after you saved title aliases or changed ' +
    'companies, courses, groups or custom fields. You do not upload the file again. The import must have been ' +
    'rejected, be in review, or have been a dry run.',
  request: { params: pathId },
  responses: { 202: json(importSchema, 'The import, back at its first step.'), ...problems(404, 409) },
})

/** Rechecks of the stored file, without a new upload. */
export function importRevalidateRoutes(deps: ApiDeps, view: ImportView) {
  return new OpenAPIHono<AppEnv>().openapi(recheck, async (c) => {
    const caller = c.get('caller')
    const entry = await view.find(c.req.valid('param').id, caller.companies)
    await revalidate(deps, entry, caller)
    return c.json(await view.show(entry.id, caller.companies), 202)
  })
}
