import { z } from '@hono/zod-openapi'
import {
  deleteCollection,
  findCollection,
  insertCollection,
  listCollections,
  updateCollection,
} from '../../db/catalogue/collections.ts'
import { inTransaction } from '../../db/core/transaction.ts'
import { crudRoutes } from '../http/crud/crud.ts'
import type { ApiDeps } from '../http/deps.ts'
import { idsSchema } from '../http/schemas/common.ts'
import { nameSchema } from '../http/schemas/name.ts'
import { collectionSchema, nameFilter, searchFilter } from './catalogue-schemas.ts'
import { lockKnownCourses } from './check-catalogue.ts'

const newCollection = z.strictObject({ name: nameSchema, courses: idsSchema.default([]) })
const collectionChange = z.strictObject({ name: nameSchema.optional(), courses: idsSchema.optional() })

/** Collections, which are sets of courses. Every key reads them. Platform-wide keys manage them. */
export function collectionRoutes(deps: Pick<ApiDeps, 'db'>) {
  return crudRoutes(deps, {
    one: 'collection',
    many: 'collections',
    item: collectionSchema,
    filters: { name: nameFilter, q: searchFilter },
    managedBy: 'platform',
    list: listCollections,
    find: findCollection,
    create: {
      body: newCollection,
      conflicts: true,
      insert: (db, { name, courses }) =>
        inTransaction(db, async (trx) => {
          await lockKnownCourses(trx, courses)
          return insertCollection(trx, name, courses)
        }),
    },
    change: {
      body: collectionChange,
      conflicts: true,
      description: '`courses` replaces all courses of the collection. Enrolled users stay enrolled.',
      update: (db, { id }, change) =>
        inTransaction(db, async (trx) => {
          await lockKnownCourses(trx, change.courses ?? [])
          await updateCollection(trx, id, change)
        }),
    },
    remove: {
      description: 'The courses of the collection stay, and enrolled users stay enrolled.',
      delete: (db, { id }) => deleteCollection(db, id),
    },
  })
}
