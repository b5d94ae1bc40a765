import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { deleteCohort, findCohort, insertCohort, listCohorts, renameCohort } from '../../db/queries/cohorts.ts'
import { findCompany } from '../../db/queries/companies.ts'
import type { ApiDeps, AppEnv, Caller } from '../deps.ts'
import { invalidRequest, notFound, unlessInUse } from '../problems.ts'
import { cohortSchema, nameSchema } from '../schemas/catalogue.ts'
import {
  gone,
  idSchema,
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

const base = { tags: ['Cohorts'], security: withKey }

const list = createRoute({
  ...base,
  method: 'get',
  path: '/cohorts',
  summary: 'List cohorts',
  request: {
    query: z.object({
      name: z.string().optional().openapi({ description: 'Exactly.' }),
      company: idSchema.optional(),
      ...pageQuery(),
    }),
  },
  responses: { 200: json(listOf(cohortSchema), 'Cohorts.'), ...problems(422) },
})

const create = createRoute({
  ...base,
  method: 'post',
  path: '/cohorts',
  summary: 'Create a cohort of a company',
  request: jsonBody(z.strictObject({ name: nameSchema, company: idSchema })),
  responses: { 201: json(cohortSchema, 'The new cohort.'), ...problems(400, 409, 413, 415, 422) },
})

const read = createRoute({
  ...base,
  method: 'get',
  path: '/cohorts/{id}',
  summary: 'Read a cohort',
  request: { params: pathId },
  responses: { 200: json(cohortSchema, 'The cohort.'), ...problems(404) },
})

const rename = createRoute({
  ...base,
  method: 'patch',
  path: '/cohorts/{id}',
  summary: 'Rename a cohort',
  request: { params: pathId, ...jsonBody(z.strictObject({ name: nameSchema })) },
  responses: { 200: json(cohortSchema, 'The cohort.'), ...problems(400, 404, 409, 413, 415, 422) },
})

const remove = createRoute({
  ...base,
  method: 'delete',
  path: '/cohorts/{id}',
  summary: 'Delete a cohort that nobody is in',
  request: { params: pathId },
  responses: { 204: gone, ...problems(404, 409) },
})

/** Cohorts: every key manages those of its companies. */
export function cohortRoutes({ db }: Pick<ApiDeps, 'db'>) {
  const must = async (id: string, { companies }: Caller) => {
    const found = isId(id) ? await findCohort(db, id, companies) : undefined
    if (!found) throw notFound('cohort')
    return found
  }

  return new OpenAPIHono<AppEnv>()
    .openapi(list, async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query')
      const page = { after: readCursor(cursor), limit: limit + 1 }
      return c.json(pageOf(await listCohorts(db, c.get('caller').companies, filter, page), limit), 200)
    })
    .openapi(create, async (c) => {
      const wanted = c.req.valid('json')
      const company = await findCompany(db, wanted.company, c.get('caller').companies)
      if (!company) throw invalidRequest([{ path: 'company', message: 'there is no such company' }])
      const made = await insertCohort(db, { ...wanted, company: company.id })
      return c.json(made, 201, { Location: `/v1/cohorts/${made.id}` })
    })
    .openapi(read, async (c) => c.json(await must(c.req.valid('param').id, c.get('caller')), 200))
    .openapi(rename, async (c) => {
      const { id } = await must(c.req.valid('param').id, c.get('caller'))
      const renamed = await renameCohort(db, id, c.req.valid('json').name)
      if (!renamed) throw notFound('cohort')
      return c.json(renamed, 200)
    })
    .openapi(remove, async (c) => {
      const { id } = await must(c.req.valid('param').id, c.get('caller'))
      await unlessInUse(deleteCohort(db, id), 'There are people in this cohort.')
      return c.body(null, 204)
    })
}
