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

/** Permission sets: read by every key, managed by platform-wide keys. */
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
      which: 'that nobody has',
      inUse: 'There are people or invitations with this permission set.',
      delete: (db, { id }) => deletePermissionSet(db, id),
    },
  })
}
