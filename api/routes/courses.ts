import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Trx } from '../../db/database.ts'
import { knownCompanies } from '../../db/queries/companies.ts'
import {
  deleteCourse,
  findCourse,
  insertCourse,
  listCourses,
  retitleCourse,
  setCompanies,
} from '../../db/queries/courses.ts'
import { inTransaction } from '../../db/transaction.ts'
import { requirePlatform } from '../auth.ts'
import type { ApiDeps, AppEnv, Caller } from '../deps.ts'
import { invalidRequest, notFound, unlessInUse } from '../problems.ts'
import { courseSchema, idsSchema, nameSchema } from '../schemas/catalogue.ts'
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

const base = { tags: ['Courses'], security: withKey }

const list = createRoute({
  ...base,
  method: 'get',
  path: '/courses',
  summary: 'List courses',
  request: {
    query: z.object({
      title: z.string().optional().openapi({ description: 'Exactly.' }),
      company: idSchema.optional().openapi({ description: 'Those that this company may use.' }),
      ...pageQuery(),
    }),
  },
  responses: { 200: json(listOf(courseSchema), 'Courses.'), ...problems(422) },
})

const create = createRoute({
  ...base,
  method: 'post',
  path: '/courses',
  summary: 'Create a course',
  request: jsonBody(z.strictObject({ title: nameSchema, companies: idsSchema.default([]) })),
  responses: { 201: json(courseSchema, 'The new course.'), ...problems(400, 403, 413, 415, 422) },
})

const read = createRoute({
  ...base,
  method: 'get',
  path: '/courses/{id}',
  summary: 'Read a course',
  request: { params: pathId },
  responses: { 200: json(courseSchema, 'The course.'), ...problems(404) },
})

const change = createRoute({
  ...base,
  method: 'patch',
  path: '/courses/{id}',
  summary: 'Change a course, or which companies may use it',
  description: 'A company that `companies` leaves out may not use the course any more; who is enrolled stays enrolled.',
  request: {
    params: pathId,
    ...jsonBody(z.strictObject({ title: nameSchema.optional(), companies: idsSchema.optional() })),
  },
  responses: { 200: json(courseSchema, 'The course.'), ...problems(400, 403, 404, 413, 415, 422) },
})

const remove = createRoute({
  ...base,
  method: 'delete',
  path: '/courses/{id}',
  summary: 'Delete a course that nobody is enrolled in',
  request: { params: pathId },
  responses: { 204: gone, ...problems(403, 404, 409) },
})

/** Courses: limited keys see those of their companies, platform-wide keys manage them. */
export function courseRoutes({ db }: Pick<ApiDeps, 'db'>) {
  const must = async (id: string, { companies }: Caller) => {
    const found = isId(id) ? await findCourse(db, id, companies) : undefined
    if (!found) throw notFound('course')
    return found
  }

  return new OpenAPIHono<AppEnv>()
    .openapi(list, async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query')
      const page = { after: readCursor(cursor), limit: limit + 1 }
      return c.json(pageOf(await listCourses(db, c.get('caller').companies, filter, page), limit), 200)
    })
    .openapi(create, async (c) => {
      requirePlatform(c.get('caller'))
      const { title, companies } = c.req.valid('json')
      const id = await inTransaction(db, async (trx) => {
        await mustKnow(trx, companies)
        return insertCourse(trx, title, companies)
      })
      return c.json(await must(id, c.get('caller')), 201, { Location: `/v1/courses/${id}` })
    })
    .openapi(read, async (c) => c.json(await must(c.req.valid('param').id, c.get('caller')), 200))
    .openapi(change, async (c) => {
      const caller = c.get('caller')
      const { id } = await must(c.req.valid('param').id, caller)
      requirePlatform(caller)
      const { title, companies } = c.req.valid('json')
      await inTransaction(db, async (trx) => {
        if (title !== undefined) await retitleCourse(trx, id, title)
        if (companies === undefined) return
        await mustKnow(trx, companies)
        await setCompanies(trx, id, companies)
      })
      return c.json(await must(id, caller), 200)
    })
    .openapi(remove, async (c) => {
      const { id } = await must(c.req.valid('param').id, c.get('caller'))
      requirePlatform(c.get('caller'))
      await unlessInUse(deleteCourse(db, id), 'People are enrolled in this course.')
      return c.body(null, 204)
    })
}

async function mustKnow(trx: Trx, companies: string[]): Promise<void> {
  const known = await knownCompanies(trx, companies, null)
  const unknown = companies.filter((id) => !known.has(id))
  if (unknown.length > 0) {
    throw invalidRequest(unknown.map((id) => ({ path: 'companies', message: `there is no company ${id}` })))
  }
}
