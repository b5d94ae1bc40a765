import { deleteGroup, findGroup, insertGroup, listGroups, renameGroup } from '../../db/catalogue/groups.ts'
import { crudRoutes } from '../http/crud/crud.ts'
import type { ApiDeps } from '../http/deps.ts'
import { groupSchema, nameBody, nameFilter, searchFilter } from './catalogue-schemas.ts'

/** Groups. Every key reads them. Platform-wide keys manage them. */
export function groupRoutes(deps: Pick<ApiDeps, 'db'>) {
  return crudRoutes(deps, {
    one: 'group',
    many: 'groups',
    item: groupSchema,
    filters: { name: nameFilter, q: searchFilter },
    managedBy: 'platform',
    list: (db, _, filter, page) => listGroups(db, filter, page),
    find: findGroup,
    create: { body: nameBody, conflicts: true, insert: (db, { name }) => insertGroup(db, name) },
    change: { body: nameBody, conflicts: true, update: (db, { id }, { name }) => renameGroup(db, id, name) },
    remove: {
      which: 'without users',
      inUse: 'This group has users.',
      delete: (db, { id }) => deleteGroup(db, id),
    },
  })
}
