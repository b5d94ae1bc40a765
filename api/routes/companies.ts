import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import {
  deleteCompany,
  findCompany,
  hasKeys,
  insertCompany,
  listCompanies,
  renameCompany,
} from '../../db/queries/companies.ts'
import { requirePlatform } from '../auth.ts'
import type { ApiDeps, AppEnv, Caller } from '../deps.ts'
import { ApiProblem, notFound, unlessInUse } from '../problems.ts'
import { companySchema, nameSchema } from '../schemas/catalogue.ts'
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

const base = { tags: ['Companies'], security: withKey }
const body = jsonBody(z.strictObject({ name: nameSchema }))

const list = createRoute({
  ...base,
  method: 'get',
  path: '/companies',
  summary: 'List companies',
  request: { query: z.object({ name: z.string().optional().openapi({ description: 'Exactly.' }), ...pageQuery() }) },
  responses: { 200: json(listOf(companySchema), 'Companies.'), ...problems(422) },
})

const create = createRoute({
  ...base,
  method: 'post',
  path: '/companies',
  summary: 'Create a company',
  request: body,
  responses: { 201: json(companySchema, 'The new company.'), ...problems(400, 403, 409, 413, 415, 422) },
})

const read = createRoute({
  ...base,
  method: 'get',
  path: '/companies/{id}',
  summary: 'Read a company',
  request: { params: pathId },
  responses: { 200: json(companySchema, 'The company.'), ...problems(404) },
})

const rename = createRoute({
  ...base,
  method: 'patch',
  path: '/companies/{id}',
  summary: 'Rename a company',
  request: { params: pathId, ...body },
  responses: { 200: json(companySchema, 'The company.'), ...problems(400, 403, 404, 409, 413, 415, 422) },
})

const remove = createRoute({
  ...base,
  method: 'delete',
  path: '/companies/{id}',
  summary: 'Delete a company that is not in use',
  request: { params: pathId },
  responses: { 204: gone, ...problems(403, 404, 409) },
})

/** Companies: read by every key that is not limited to others, managed by platform-wide keys. */
export function companyRoutes({ db }: Pick<ApiDeps, 'db'>) {
  const must = async (id: string, { companies }: Caller) => {
    const found = isId(id) ? await findCompany(db, id, companies) : undefined
    if (!found) throw notFound('company')
    return found
  }

  return new OpenAPIHono<AppEnv>()
    .openapi(list, async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query')
      const page = { after: readCursor(cursor), limit: limit + 1 }
      const found = await listCompanies(db, c.get('caller').companies, filter, page)
      return c.json(pageOf(found, limit), 200)
    })
    .openapi(create, async (c) => {
      requirePlatform(c.get('caller'))
      const made = await insertCompany(db, c.req.valid('json').name)
      return c.json(made, 201, { Location: `/v1/companies/${made.id}` })
    })
    .openapi(read, async (c) => c.json(await must(c.req.valid('param').id, c.get('caller')), 200))
    .openapi(rename, async (c) => {
      const { id } = await must(c.req.valid('param').id, c.get('caller'))
      requirePlatform(c.get('caller'))
      const renamed = await renameCompany(db, id, c.req.valid('json').name)
      if (!renamed) throw notFound('company')
      return c.json(renamed, 200)
    })
    .openapi(remove, async (c) => {
      const { id } = await must(c.req.valid('param').id, c.get('caller'))
      requirePlatform(c.get('caller'))
      if (await hasKeys(db, id)) throw new ApiProblem('in-use', 'An API key is limited to this company.')
      await unlessInUse(deleteCompany(db, id), 'People, cohorts or invitations belong to this company.')
      return c.body(null, 204)
    })
}
