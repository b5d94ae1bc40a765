import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { inTransactionWithRetries } from '../../db/core/retries.ts'
import { removeInvitation } from '../../db/people/change-person.ts'
import { findPerson, listPeople } from '../../db/people/find/people.ts'
import { invitations } from '../../db/people/target.ts'
import type { Caller } from '../http/caller.ts'
import type { ApiDeps, AppEnv } from '../http/deps.ts'
import { notFound } from '../http/problems.ts'
import {
  gone,
  isId,
  json,
  jsonBody,
  listOf,
  pageOf,
  pathId,
  problems,
  readCursor,
  withKey,
} from '../http/schemas/common.ts'
import { changeUser } from './change-user.ts'
import { createPerson } from './create-person.ts'
import { refuseBadShape } from './refuse-bad-shape.ts'
import { invitationQuery } from './user-list-schemas.ts'
import { newInvitationSchema, userChangeSchema, userJson, userSchema } from './user-schemas.ts'

const base = { tags: ['Users'], security: withKey }

const list = createRoute({
  ...base,
  method: 'get',
  path: '/invitations',
  summary: 'List open invitations',
  request: { query: invitationQuery },
  responses: { 200: json(listOf(userSchema), 'People who have not accepted yet.'), ...problems(422) },
})

const create = createRoute({
  ...base,
  method: 'post',
  path: '/invitations',
  summary: 'Invite somebody',
  description:
    'By the rules of a row of a file. The account comes into being, with the id of the invitation and all that it says, when the person accepts.',
  request: jsonBody(newInvitationSchema),
  responses: { 201: json(userSchema, 'The invited person.'), ...problems(400, 409, 413, 415, 422) },
})

const read = createRoute({
  ...base,
  method: 'get',
  path: '/invitations/{id}',
  summary: 'Read an open invitation',
  request: { params: pathId },
  responses: { 200: json(userSchema, 'The invited person.'), ...problems(404) },
})

const change = createRoute({
  ...base,
  method: 'patch',
  path: '/invitations/{id}',
  summary: 'Change an open invitation',
  description: 'As a user is changed.',
  request: { params: pathId, ...jsonBody(userChangeSchema) },
  responses: { 200: json(userSchema, 'The invited person.'), ...problems(400, 404, 409, 413, 415, 422) },
})

const remove = createRoute({
  ...base,
  method: 'delete',
  path: '/invitations/{id}',
  summary: 'Take an open invitation back',
  description: 'Its link opens nothing from then on, and e-mails that wait are not sent.',
  request: { params: pathId },
  responses: { 204: gone, ...problems(404) },
})

/** People who are invited and have no account yet: every key manages those of its companies. */
export function invitationRoutes(deps: Pick<ApiDeps, 'db' | 'temporal' | 'log'>) {
  const { db } = deps
  const kinds = [invitations]
  const must = async (id: string, { companies }: Caller) => {
    const found = isId(id) ? await findPerson(db, id, companies, kinds) : undefined
    if (!found) throw notFound('invitation')
    return found
  }

  return new OpenAPIHono<AppEnv>()
    .openapi(list, async (c) => {
      const { limit, cursor, email, company } = c.req.valid('query')
      const page = { after: readCursor(cursor), limit: limit + 1 }
      const filter = { company, emailKey: email?.key }
      const { items, next } = pageOf(await listPeople(db, c.get('caller').companies, filter, page, kinds), limit)
      return c.json({ items: items.map(userJson), next }, 200)
    })
    .openapi(
      create,
      async (c) => {
        const id = await createPerson(deps, c.get('caller'), c.req.valid('json'), 'invite')
        return c.json(userJson(await must(id, c.get('caller'))), 201, { Location: `/v1/invitations/${id}` })
      },
      refuseBadShape,
    )
    .openapi(read, async (c) => c.json(userJson(await must(c.req.valid('param').id, c.get('caller'))), 200))
    .openapi(
      change,
      async (c) => {
        const caller = c.get('caller')
        const { id } = await must(c.req.valid('param').id, caller)
        const person = { id, kinds, what: 'invitation' }
        await inTransactionWithRetries(db, (trx) => changeUser(trx, caller, person, c.req.valid('json')))
        return c.json(userJson(await must(id, caller)), 200)
      },
      refuseBadShape,
    )
    .openapi(remove, async (c) => {
      const { id } = await must(c.req.valid('param').id, c.get('caller'))
      const removed = await inTransactionWithRetries(db, (trx) => removeInvitation(trx, id))
      if (!removed) throw notFound('invitation')
      return c.body(null, 204)
    })
}
