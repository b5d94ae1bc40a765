import { z } from '@hono/zod-openapi'
import {
  deleteCourse,
  findCourse,
  insertCourse,
  listCourses,
  retitleCourse,
  setCompanies,
} from '../../db/catalogue/courses.ts'
import { inTransaction } from '../../db/core/transaction.ts'
import { crudRoutes } from '../http/crud/crud.ts'
import type { ApiDeps } from '../http/deps.ts'
import { idSchema, idsSchema } from '../http/schemas/common.ts'
import { nameSchema } from '../http/schemas/name.ts'
import { courseSchema, nameFilter, searchFilter } from './catalogue-schemas.ts'
import { requireKnownCompanies } from './check-catalogue.ts'

const newCourse = z.strictObject({ title: nameSchema, companies: idsSchema.default([]) })
const courseChange = z.strictObject({ title: nameSchema.optional(), companies: idsSchema.optional() })

/** Courses. A key reads those that its companies may use. Platform-wide keys manage them. */
export function courseRoutes(deps: Pick<ApiDeps, 'db'>) {
  return crudRoutes(deps, {
    one: 'course',
    many: 'courses',
    item: courseSchema,
    filters: {
      title: nameFilter,
      q: searchFilter,
      company: idSchema.optional().openapi({ description: 'Id of a company. Lists only the courses that it may use.' }),
    },
    managedBy: 'platform',
    list: listCourses,
    find: findCourse,
    create: {
      body: newCourse,
      insert: (db, { title, companies }) =>
        inTransaction(db, async (trx) => {
          await requireKnownCompanies(trx, companies, null)
          return { id: await insertCourse(trx, title, companies) }
        }),
    },
    change: {
      body: courseChange,
      description: '`companies` replaces all companies that may use the course. Enrolled users stay enrolled.',
      update: (db, { id }, { title, companies }) =>
        inTransaction(db, async (trx) => {
          if (title !== undefined) await retitleCourse(trx, id, title)
          if (companies === undefined) return
          await requireKnownCompanies(trx, companies, null)
          await setCompanies(trx, id, companies)
        }),
    },
    remove: {
      which: 'without enrolments',
      description: 'Also removes the course from its collections and campaigns, and deletes its title aliases.',
      inUse: 'Users are enrolled in this course.',
      delete: (db, { id }) => deleteCourse(db, id),
    },
  })
}
