import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { inTransactionWithRetries } from '../../db/core/retries.ts'
import { removeInvitation } from '../../db/people/change-person.ts'
import { listPeople } from '../../db/people/find/people.ts'
import { invitations } from '../../db/people/target.ts'
import type { Caller } from '../http/caller.ts'
import type { ApiDeps, AppEnv } from '../http/deps.ts'
import { notFound } from '../http/problems.ts'
import { gone, json, jsonBody, listOf, pageOf, pathId, problems, readCursor, withKey } from '../http/schemas/common.ts'
import { changeUser } from './change-user.ts'
import { createPerson } from './create-person.ts'
import { findOrThrow, type Served } from './find-or-throw.ts'
import { refuseBadShape } from './refuse-bad-shape.ts'
import { invitationQuery } from './user-list-schemas.ts'
import { newInvitationSchema, userChangeSchema, userJson, userSchema } from './user-schemas.ts'

const onlyInvitations: Served = { kinds: [invitations], what: 'invitation' }
const base = { tags: ['Users'], security: withKey }

const list = createRoute({
  ...base,
  method: 'get',
  path: '/invitations',
  summary: 'List open invitations',
  request: { query: invitationQuery },
  responses: { 200: json(listOf(userSchema), 'One page of invitations that are not accepted yet.'), ...problems(422) },
})

const create = createRoute({
  ...base,
  method: 'post',
  path: '/invitations',
  summary: 'Invite a user',
  description:
    'The body follows the rules of a row of a file. When the user accepts, the account gets the id and all values of the invitation.',
  request: jsonBody(newInvitationSchema),
  responses: { 201: json(userSchema, 'The new invitation.'), ...problems(400, 409, 413, 415, 422) },
})

const read = createRoute({
  ...base,
  method: 'get',
  path: '/invitations/{id}',
  summary: 'Read an open invitation',
  request: { params: pathId },
  responses: { 200: json(userSchema, 'The invitation.'), ...problems(404) },
})

const change = createRoute({
  ...base,
  method: 'patch',
  path: '/invitations/{id}',
  summary: 'Change an open invitation',
  description: 'The same rules apply as for `PATCH /v1/users/{id}`.',
  request: { params: pathId, ...jsonBody(userChangeSchema) },
  responses: { 200: json(userSchema, 'The invitation.'), ...problems(400, 404, 409, 413, 415, 422) },
})

const remove = createRoute({
  ...base,
  method: 'delete',
  path: '/invitations/{id}',
  summary: 'Withdraw an open invitation',
  description: 'Its link stops working, and its queued e-mails are not sent.',
  request: { params: pathId },
  responses: { 204: gone, ...problems(404) },
})

/** Invitations to people who have no account yet. Every key manages those of its companies. */
export function invitationRoutes(deps: Pick<ApiDeps, 'db' | 'temporal' | 'log'>) {
  const { db } = deps
  const find = (id: string, caller: Caller) => findOrThrow(db, id, caller, onlyInvitations)

  return new OpenAPIHono<AppEnv>()
    .openapi(list, async (c) => {
      const { limit, cursor, email, company } = c.req.valid('query')
      const page = { after: readCursor(cursor), limit: limit + 1 }
      const filter = { company, emailKey: email?.key }
      const { items, next } = pageOf(
        await listPeople(db, c.get('caller').companies, filter, page, onlyInvitations.kinds),
        limit,
      )
      return c.json({ items: items.map(userJson), next }, 200)
    })
    .openapi(
      create,
      async (c) => {
        const id = await createPerson(deps, c.get('caller'), c.req.valid('json'), 'invite')
        return c.json(userJson(await find(id, c.get('caller'))), 201, { Location: `/v1/invitations/${id}` })
      },
      refuseBadShape,
    )
    .openapi(read, async (c) => c.json(userJson(await find(c.req.valid('param').id, c.get('caller'))), 200))
    .openapi(
      change,
      async (c) => {
        const caller = c.get('caller')
        const { id } = await find(c.req.valid('param').id, caller)
        const wanted = { id, ...onlyInvitations }
        await inTransactionWithRetries(db, (trx) => changeUser(trx, caller, wanted, c.req.valid('json')))
        return c.json(userJson(await find(id, caller)), 200)
      },
      refuseBadShape,
    )
    .openapi(remove, async (c) => {
      const { id } = await find(c.req.valid('param').id, c.get('caller'))
      const removed = await inTransactionWithRetries(db, (trx) => removeInvitation(trx, id))
      if (!removed) throw notFound('invitation')
      return c.body(null, 204)
    })
}
