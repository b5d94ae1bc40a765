import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { inTransactionWithRetries } from '../../db/core/retries.ts'
import { countPeople, markPeople } from '../../db/people/find/matching-people.ts'
import { listPeople } from '../../db/people/find/people.ts'
import type { Caller } from '../http/caller.ts'
import type { ApiDeps, AppEnv } from '../http/deps.ts'
import {
  cursorOf,
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
import { findOrThrow, usersAndInvitations } from './find-or-throw.ts'
import { refuseBadShape } from './refuse-bad-shape.ts'
import { userCountQuery, userCountSchema, userQuery } from './user-list-schemas.ts'
import { newUserSchema, userChangeSchema, userJson, userSchema } from './user-schemas.ts'

const base = { tags: ['Users'], security: withKey }

const list = createRoute({
  ...base,
  method: 'get',
  path: '/users',
  summary: 'List users and invitations',
  request: { query: userQuery },
  responses: { 200: json(listOf(userSchema), 'One page of users and invitations, oldest first.'), ...problems(422) },
})

const count = createRoute({
  ...base,
  method: 'get',
  path: '/users/count',
  summary: 'Count users and invitations',
  description: 'Takes the filters of the list. A cursor of the response and `offset` reach any place in the list.',
  request: { query: userCountQuery },
  responses: { 200: json(userCountSchema, 'The number of users and invitations.'), ...problems(422) },
})

const create = createRoute({
  ...base,
  method: 'post',
  path: '/users',
  summary: 'Create a user',
  description:
    'The body follows the rules of a row of a file. Set `sendEmail` to send the activation e-mail now. `POST /v1/users/{id}/activation` sends it later.',
  request: jsonBody(newUserSchema),
  responses: { 201: json(userSchema, 'The new user.'), ...problems(400, 409, 413, 415, 422) },
})

const read = createRoute({
  ...base,
  method: 'get',
  path: '/users/{id}',
  summary: 'Read a user or an invitation',
  request: { params: pathId },
  responses: { 200: json(userSchema, 'The user or invitation.'), ...problems(404) },
})

const change = createRoute({
  ...base,
  method: 'patch',
  path: '/users/{id}',
  summary: 'Change a user or an invitation',
  description:
    'Omitted fields are unchanged. `groups` and `courses` replace all previous ones. `custom` keeps the keys that it does not name. A new address ends the links that were sent to the old one.',
  request: { params: pathId, ...jsonBody(userChangeSchema) },
  responses: { 200: json(userSchema, 'The user or invitation.'), ...problems(400, 404, 409, 413, 415, 422) },
})

/** Users and invitations. Every key manages those of its companies. */
export function userRoutes(deps: Pick<ApiDeps, 'db' | 'temporal' | 'log'>) {
  const { db } = deps
  const find = (id: string, caller: Caller) => findOrThrow(db, id, caller, usersAndInvitations)

  return (
    new OpenAPIHono<AppEnv>()
      .openapi(list, async (c) => {
        const { limit, cursor, offset, email, ...filter } = c.req.valid('query')
        const page = { after: readCursor(cursor), limit: limit + 1, skip: offset }
        const found = await listPeople(db, c.get('caller').companies, { ...filter, emailKey: email?.key }, page)
        const { items, next } = pageOf(found, limit)
        return c.json({ items: items.map(userJson), next }, 200)
      })
      // Before the route of one user, which would treat `count` as an id.
      .openapi(count, async (c) => {
        const { every, email, ...filter } = c.req.valid('query')
        const { companies } = c.get('caller')
        const wanted = { ...filter, emailKey: email?.key }
        if (every === undefined) return c.json({ count: await countPeople(db, companies, wanted), cursors: [] }, 200)
        const { count, marks } = await markPeople(db, companies, wanted, every)
        return c.json({ count, cursors: marks.map(cursorOf) }, 200)
      })
      .openapi(
        create,
        async (c) => {
          const id = await createPerson(deps, c.get('caller'), c.req.valid('json'), 'create')
          return c.json(userJson(await find(id, c.get('caller'))), 201, { Location: `/v1/users/${id}` })
        },
        refuseBadShape,
      )
      .openapi(read, async (c) => c.json(userJson(await find(c.req.valid('param').id, c.get('caller'))), 200))
      .openapi(
        change,
        async (c) => {
          const caller = c.get('caller')
          const { id } = await find(c.req.valid('param').id, caller)
          const wanted = { id, ...usersAndInvitations }
          await inTransactionWithRetries(db, (trx) => changeUser(trx, caller, wanted, c.req.valid('json')))
          return c.json(userJson(await find(id, caller)), 200)
        },
        refuseBadShape,
      )
  )
}
