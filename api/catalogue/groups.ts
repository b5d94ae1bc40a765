import { deleteGroup, findGroup, insertGroup, listGroups, renameGroup } from '../../db/catalogue/groups.ts'
import { crudRoutes } from '../http/crud/crud.ts'
import type { ApiDeps } from '../http/deps.ts'
import { groupSchema, nameBody, nameFilter, searchFilter } from './catalogue-schemas.ts'

/** Groups: read by every key, managed by platform-wide keys. */
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
      which: 'that nobody is in',
      inUse: 'There are people in this group.',
      delete: (db, { id }) => deleteGroup(db, id),
    },
  })
}
