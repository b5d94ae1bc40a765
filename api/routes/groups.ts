import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { deleteGroup, findGroup, insertGroup, listGroups, renameGroup } from '../../db/queries/groups.ts'
import { requirePlatform } from '../auth.ts'
import type { ApiDeps, AppEnv } from '../deps.ts'
import { notFound, unlessInUse } from '../problems.ts'
import { groupSchema, nameSchema } from '../schemas/catalogue.ts'
import {
  gone,
  isId,
  json,
  jsonBody,
  listOf,
  pageOf,
  pageQuery,
  pathId,
  problems,
  readCursor,
  withKey,
} from '../schemas/common.ts'

const base = { tags: ['Groups'], security: withKey }
const body = jsonBody(z.strictObject({ name: nameSchema }))

const list = createRoute({
  ...base,
  method: 'get',
  path: '/groups',
  summary: 'List groups',
  request: { query: z.object({ name: z.string().optional().openapi({ description: 'Exactly.' }), ...pageQuery() }) },
  responses: { 200: json(listOf(groupSchema), 'Groups.'), ...problems(422) },
})

const create = createRoute({
  ...base,
  method: 'post',
  path: '/groups',
  summary: 'Create a group',
  request: body,
  responses: { 201: json(groupSchema, 'The new group.'), ...problems(400, 403, 409, 413, 415, 422) },
})

const read = createRoute({
  ...base,
  method: 'get',
  path: '/groups/{id}',
  summary: 'Read a group',
  request: { params: pathId },
  responses: { 200: json(groupSchema, 'The group.'), ...problems(404) },
})

const rename = createRoute({
  ...base,
  method: 'patch',
  path: '/groups/{id}',
  summary: 'Rename a group',
  request: { params: pathId, ...body },
  responses: { 200: json(groupSchema, 'The group.'), ...problems(400, 403, 404, 409, 413, 415, 422) },
})

const remove = createRoute({
  ...base,
  method: 'delete',
  path: '/groups/{id}',
  summary: 'Delete a group that is not in use',
  request: { params: pathId },
  responses: { 204: gone, ...problems(403, 404, 409) },
})

/** Groups: read by every key, managed by platform-wide keys. */
export function groupRoutes({ db }: Pick<ApiDeps, 'db'>) {
  const must = async (id: string) => {
    const found = isId(id) ? await findGroup(db, id) : undefined
    if (!found) throw notFound('group')
    return found
  }

  return new OpenAPIHono<AppEnv>()
    .openapi(list, async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query')
      const page = { after: readCursor(cursor), limit: limit + 1 }
      const found = await listGroups(db, filter, page)
      return c.json(pageOf(found, limit), 200)
    })
    .openapi(create, async (c) => {
      requirePlatform(c.get('caller'))
      const made = await insertGroup(db, c.req.valid('json').name)
      return c.json(made, 201, { Location: `/v1/groups/${made.id}` })
    })
    .openapi(read, async (c) => c.json(await must(c.req.valid('param').id), 200))
    .openapi(rename, async (c) => {
      const { id } = await must(c.req.valid('param').id)
      requirePlatform(c.get('caller'))
      const renamed = await renameGroup(db, id, c.req.valid('json').name)
      if (!renamed) throw notFound('group')
      return c.json(renamed, 200)
    })
    .openapi(remove, async (c) => {
      const { id } = await must(c.req.valid('param').id)
      requirePlatform(c.get('caller'))
      await unlessInUse(deleteGroup(db, id), 'There are people in this group.')
      return c.body(null, 204)
    })
}
