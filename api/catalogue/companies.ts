import {
  deleteCompany,
  findCompany,
  hasKeys,
  insertCompany,
  listCompanies,
  renameCompany,
} from '../../db/catalogue/companies.ts'
import type { Db } from '../../db/core/database.ts'
import { crudRoutes } from '../http/crud/crud.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiProblem } from '../http/problems.ts'
import { companySchema, nameBody, nameFilter, searchFilter } from './catalogue-schemas.ts'

/** Companies. A key reads those in its scope. Platform-wide keys manage them. */
export function companyRoutes(deps: Pick<ApiDeps, 'db'>) {
  return crudRoutes(deps, {
    one: 'company',
    many: 'companies',
    item: companySchema,
    filters: { name: nameFilter, q: searchFilter },
    managedBy: 'platform',
    list: listCompanies,
    find: findCompany,
    create: { body: nameBody, conflicts: true, insert: (db, { name }) => insertCompany(db, name) },
    change: { body: nameBody, conflicts: true, update: (db, { id }, { name }) => renameCompany(db, id, name) },
    remove: {
      which: 'that is not in use',
      description: 'Also deletes the title aliases, saved mappings and e-mail texts of the company.',
      inUse: 'This company has users, cohorts or invitations.',
      delete: deleteUnlessKeyed,
    },
  })
}

async function deleteUnlessKeyed(db: Db, { id }: { id: string }): Promise<void> {
  if (await hasKeys(db, id)) throw new ApiProblem('in-use', 'An API key is limited to this company.')
  await deleteCompany(db, id)
}
