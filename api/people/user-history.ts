import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { emailsOfPerson } from '../../db/emails/emails.ts'
import { importsOfPerson } from '../../db/imports/imports-of-person.ts'
import { importStatuses } from '../../domain/imports/states.ts'
import { emailJson, emailSchema } from '../emails/email-schemas.ts'
import type { Caller } from '../http/caller.ts'
import type { ApiDeps, AppEnv } from '../http/deps.ts'
import {
  json,
  listOf,
  pageOf,
  pageQuery,
  pathId,
  problems,
  readCursor,
  timeSchema,
  withKey,
} from '../http/schemas/common.ts'
import { findOrThrow, usersAndInvitations } from './find-or-throw.ts'

const base = { tags: ['Users'], security: withKey, method: 'get' as const }
const request = { params: pathId, query: z.object(pageQuery()) }

const emails = createRoute({
  ...base,
  path: '/users/{id}/emails',
  summary: 'List the e-mails of a user, newest first',
  request,
  responses: { 200: json(listOf(emailSchema), 'One page of e-mails.'), ...problems(404, 422) },
})

const personImportSchema = z
  .object({
    id: z.string().openapi({ format: 'uuid', description: 'Id of the import.' }),
    file: z.string().openapi({ description: 'Name of the imported file.' }),
    status: z.enum(importStatuses),
    startedBy: z.string(),
    createdAt: timeSchema,
    row: z.int(),
    outcome: z.enum(['created', 'invited', 'updated', 'skipped']),
    before: z
      .record(z.string(), z.unknown())
      .nullable()
      .openapi({ description: 'Values that the import replaced, by field.' }),
    courses: z.array(z.string()).openapi({ description: 'Courses that the import enrolled the user in.' }),
  })
  .openapi('PersonImport')

const imports = createRoute({
  ...base,
  path: '/users/{id}/imports',
  summary: 'List the imports of a user, newest first',
  request,
  responses: {
    200: json(listOf(personImportSchema), 'One page of imports that created, changed or skipped the user.'),
    ...problems(404, 422),
  },
})

/** The e-mails and imports of a user. */
export function userHistoryRoutes({ db }: Pick<ApiDeps, 'db'>) {
  const find = (id: string, caller: Caller) => findOrThrow(db, id, caller, usersAndInvitations)

  return new OpenAPIHono<AppEnv>()
    .openapi(emails, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const { id } = await find(c.req.valid('param').id, c.get('caller'))
      const { items, next } = pageOf(
        await emailsOfPerson(db, id, { after: readCursor(cursor), limit: limit + 1 }),
        limit,
      )
      return c.json({ items: items.map(emailJson), next }, 200)
    })
    .openapi(imports, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const caller = c.get('caller')
      const { id } = await find(c.req.valid('param').id, caller)
      const page = { after: readCursor(cursor), limit: limit + 1 }
      const { items, next } = pageOf(await importsOfPerson(db, id, caller.companies, page), limit)
      return c.json({ items: items.map((item) => ({ ...item, createdAt: item.createdAt.toISOString() })), next }, 200)
    })
}
