import { findCompany, knownCompanies } from '../../db/catalogue/companies.ts'
import { holdCourses } from '../../db/catalogue/course-sets.ts'
import type { Db, Trx } from '../../db/core/database.ts'
import type { Scope } from '../../db/core/page.ts'
import type { Caller } from '../http/caller.ts'
import { invalidRequest } from '../http/problems.ts'

/**
 * Returns the id of a company.
 *
 * @throws ApiProblem 422 when the company does not exist or is outside the caller's scope
 */
export async function mustFindCompany(db: Db | Trx, id: string, { companies }: Caller): Promise<string> {
  const company = await findCompany(db, id, companies)
  if (!company) throw invalidRequest([{ path: 'company', message: 'there is no company with this id' }])
  return company.id
}

/** @throws ApiProblem 422 that names every company that does not exist or is outside the scope */
export async function requireKnownCompanies(db: Db | Trx, ids: string[], scope: Scope): Promise<void> {
  requireAllKnown('companies', 'company', ids, await knownCompanies(db, ids, scope))
}

/**
 * Locks the courses of a request until the transaction ends.
 *
 * @throws ApiProblem 422 that names every unknown course
 */
export async function lockKnownCourses(trx: Trx, ids: string[]): Promise<void> {
  requireAllKnown('courses', 'course', ids, await holdCourses(trx, ids))
}

/**
 * @param path the field of the request that contains the ids
 * @param what the noun for the message, such as `course`
 * @throws ApiProblem 422 that names every unknown id
 */
function requireAllKnown(path: string, what: string, ids: string[], known: Set<string>): void {
  const unknown = ids.filter((id) => !known.has(id))
  if (unknown.length > 0) throw invalidRequest(unknown.map((id) => ({ path, message: `there is no ${what} ${id}` })))
}
