import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { findUser, insertUser, listUsers, lockUser, setCourses, setGroups } from '../../db/queries/users.ts'
import { inTransaction } from '../../db/transaction.ts'
import { changeUser, checkReferences } from '../change-user.ts'
import type { ApiDeps, AppEnv, Caller } from '../deps.ts'
import { notFound } from '../problems.ts'
import { isId, json, jsonBody, listOf, pageOf, pathId, problems, readCursor, withKey } from '../schemas/common.ts'
import { newUserSchema, userChangeSchema, userJson, userQuery, userSchema } from '../schemas/users.ts'

const base = { tags: ['Users'], security: withKey }

const list = createRoute({
  ...base,
  method: 'get',
  path: '/users',
  summary: 'List users',
  request: { query: userQuery },
  responses: { 200: json(listOf(userSchema), 'Users.'), ...problems(422) },
})

const create = createRoute({
  ...base,
  method: 'post',
  path: '/users',
  summary: 'Create a user',
  description: 'Nobody is written to: `POST /v1/users/{id}/activation` sends the activation e-mail.',
  request: jsonBody(newUserSchema),
  responses: { 201: json(userSchema, 'The new user.'), ...problems(400, 409, 413, 415, 422) },
})

const read = createRoute({
  ...base,
  method: 'get',
  path: '/users/{id}',
  summary: 'Read a user',
  request: { params: pathId },
  responses: { 200: json(userSchema, 'The user.'), ...problems(404) },
})

const change = createRoute({
  ...base,
  method: 'patch',
  path: '/users/{id}',
  summary: 'Change a user',
  description: 'Fields that are left out stay as they are; `groups` and `courses` take the place of those before.',
  request: { params: pathId, ...jsonBody(userChangeSchema) },
  responses: { 200: json(userSchema, 'The user.'), ...problems(400, 404, 409, 413, 415, 422) },
})

/** Users: every key manages those of its companies. */
export function userRoutes({ db }: Pick<ApiDeps, 'db'>) {
  const must = async (id: string, { companies }: Caller) => {
    const found = isId(id) ? await findUser(db, id, companies) : undefined
    if (!found) throw notFound('user')
    return found
  }

  return new OpenAPIHono<AppEnv>()
    .openapi(list, async (c) => {
      const { limit, cursor, email, ...filter } = c.req.valid('query')
      const page = { after: readCursor(cursor), limit: limit + 1 }
      const found = await listUsers(db, c.get('caller').companies, { ...filter, emailKey: email?.key }, page)
      const { items, next } = pageOf(found, limit)
      return c.json({ items: items.map(userJson), next }, 200)
    })
    .openapi(create, async (c) => {
      const caller = c.get('caller')
      const wanted = c.req.valid('json')
      const { email, company, cohort = null, groups = [], courses = [] } = wanted
      const id = await inTransaction(db, async (trx) => {
        await checkReferences(trx, caller, { company, cohort }, { groups, courses })
        const made = await insertUser(trx, {
          email: email.address,
          email_key: email.key,
          first_name: wanted.firstName,
          last_name: wanted.lastName ?? null,
          company_id: company,
          cohort_id: cohort,
          language: wanted.language,
          job_role: wanted.jobRole ?? null,
          region: wanted.region ?? null,
          description: wanted.description ?? null,
          label: wanted.label ?? null,
          enabled: wanted.enabled,
        })
        await setGroups(trx, made, groups)
        await setCourses(trx, made, courses)
        return made
      })
      return c.json(userJson(await must(id, caller)), 201, { Location: `/v1/users/${id}` })
    })
    .openapi(read, async (c) => c.json(userJson(await must(c.req.valid('param').id, c.get('caller'))), 200))
    .openapi(change, async (c) => {
      const caller = c.get('caller')
      const { id } = await must(c.req.valid('param').id, caller)
      await inTransaction(db, async (trx) => {
        await lockUser(trx, id)
        const user = await findUser(trx, id, caller.companies)
        if (!user) throw notFound('user')
        await changeUser(trx, caller, user, c.req.valid('json'))
      })
      return c.json(userJson(await must(id, caller)), 200)
    })
}
