import { z } from '@hono/zod-openapi'
import { deleteCohort, findCohort, insertCohort, listCohorts, renameCohort } from '../../db/catalogue/cohorts.ts'
import { crudRoutes } from '../http/crud/crud.ts'
import type { ApiDeps } from '../http/deps.ts'
import { idSchema } from '../http/schemas/common.ts'
import { nameSchema } from '../http/schemas/name.ts'
import { cohortSchema, nameBody, nameFilter, searchFilter } from './catalogue-schemas.ts'
import { mustFindCompany } from './check-catalogue.ts'

/** Cohorts. Every key manages those of its companies. */
export function cohortRoutes(deps: Pick<ApiDeps, 'db'>) {
  return crudRoutes(deps, {
    one: 'cohort',
    many: 'cohorts',
    item: cohortSchema,
    filters: { name: nameFilter, q: searchFilter, company: idSchema.optional() },
    managedBy: 'every key',
    list: listCohorts,
    find: findCohort,
    create: {
      body: z.strictObject({ name: nameSchema, company: idSchema }),
      conflicts: true,
      insert: async (db, { name, company }, caller) =>
        insertCohort(db, { name, company: await mustFindCompany(db, company, caller) }),
    },
    change: { body: nameBody, conflicts: true, update: (db, { id }, { name }) => renameCohort(db, id, name) },
    remove: {
      which: 'without users',
      inUse: 'This cohort has users.',
      delete: (db, { id }) => deleteCohort(db, id),
    },
  })
}
