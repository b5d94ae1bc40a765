import { findCompany } from '../../db/catalogue/companies.ts'
import type { Db } from '../../db/core/database.ts'
import type { Caller } from '../http/caller.ts'
import { isId } from '../http/schemas/common.ts'
import { invalid } from './options/option-errors.ts'

/**
 * Returns the company that an import of the caller uses for rows that name none: the given one, or the caller's only
 * company. Returns null if there is neither.
 *
 * @throws ApiProblem 422 for a company that does not exist or is outside the caller's scope
 */
export async function defaultCompany(db: Db, given: string | undefined, { companies }: Pick<Caller, 'companies'>) {
  const only = companies?.length === 1 ? companies[0] : undefined
  const id = given || only
  if (id === undefined) return null
  const company = isId(id) ? await findCompany(db, id, companies) : undefined
  if (company) return company
  throw invalid([{ option: 'company', code: 'unknown-company', message: 'There is no company with this id.' }])
}
