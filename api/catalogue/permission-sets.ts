import {
  deletePermissionSet,
  findPermissionSet,
  insertPermissionSet,
  listPermissionSets,
  renamePermissionSet,
} from '../../db/catalogue/permission-sets.ts'
import { crudRoutes } from '../http/crud/crud.ts'
import type { ApiDeps } from '../http/deps.ts'
import { nameBody, nameFilter, permissionSetSchema, searchFilter } from './catalogue-schemas.ts'

/** Permission sets. Every key reads them. Platform-wide keys manage them. */
export function permissionSetRoutes(deps: Pick<ApiDeps, 'db'>) {
  return crudRoutes(deps, {
    one: 'permission set',
    many: 'permission sets',
    item: permissionSetSchema,
    filters: { name: nameFilter, q: searchFilter },
    managedBy: 'platform',
    list: (db, _, filter, page) => listPermissionSets(db, filter, page),
    find: findPermissionSet,
    create: { body: nameBody, conflicts: true, insert: (db, { name }) => insertPermissionSet(db, name) },
    change: { body: nameBody, conflicts: true, update: (db, { id }, { name }) => renamePermissionSet(db, id, name) },
    remove: {
      which: 'without users',
      inUse: 'Users or invitations have this permission set.',
      delete: (db, { id }) => deletePermissionSet(db, id),
    },
  })
}
