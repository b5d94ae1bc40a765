import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { emailsOfImport } from '../../../db/emails/emails.ts'
import { emailJson, emailSchema, emailStates } from '../../emails/email-schemas.ts'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'
import { json, listOf, pageOf, pageQuery, pathId, problems, readCursor, withKey } from '../../http/schemas/common.ts'
import type { ImportView } from '../show-import.ts'

const list = createRoute({
  method: 'get',
  path: '/imports/{id}/emails',
  tags: ['Imports'],
  security: withKey,
  summary: 'List the e-mails of an import',
  description: 'Each with its recipient, its state, and the reply of the mail server.',
  request: { params: pathId, query: z.object({ state: z.enum(emailStates).optional(), ...pageQuery() }) },
  responses: { 200: json(listOf(emailSchema), 'E-mails.'), ...problems(404, 422) },
})

/** The e-mails of an import. */
export function importEmailRoutes({ db }: Pick<ApiDeps, 'db'>, view: ImportView) {
  return new OpenAPIHono<AppEnv>().openapi(list, async (c) => {
    const { state, limit, cursor } = c.req.valid('query')
    const scope = c.get('caller').companies
    const { id } = await view.find(c.req.valid('param').id, scope)
    const wanted = { scope, states: state === undefined ? null : [state] }
    const found = await emailsOfImport(db, id, wanted, { after: readCursor(cursor), limit: limit + 1 })
    const { items, next } = pageOf(found, limit)
    return c.json({ items: items.map(emailJson), next }, 200)
  })
}
