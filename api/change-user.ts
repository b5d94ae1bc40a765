import type { Trx } from '../db/database.ts'
import { findCohort } from '../db/queries/cohorts.ts'
import { findCompany } from '../db/queries/companies.ts'
import { coursesOpenTo } from '../db/queries/courses.ts'
import { knownGroups } from '../db/queries/groups.ts'
import { setCourses, setGroups, type UserRecord, updateUser } from '../db/queries/users.ts'
import type { Caller } from './deps.ts'
import { invalidRequest } from './problems.ts'
import type { UserChange } from './schemas/users.ts'

/** The company and cohort that the person will be in. */
interface Place {
  company: string | null
  cohort: string | null
}

/**
 * Refuses what points at nothing: a company outside the caller's scope, somebody else's cohort, unknown groups, courses
 * that the company may not use. A course that the person is enrolled in already may stay.
 *
 * @throws ApiProblem 422 that names all of it
 */
export async function checkReferences(
  trx: Trx,
  { companies }: Caller,
  { company, cohort }: Place,
  { groups = [], courses = [] }: Pick<UserChange, 'groups' | 'courses'>,
  enrolled: string[] = [],
): Promise<void> {
  const errors: { path: string; message: string }[] = []
  if (company === null ? companies !== null : !(await findCompany(trx, company, companies)))
    errors.push({ path: 'company', message: 'there is no such company' })
  const home = cohort === null ? null : await findCohort(trx, cohort, companies)
  if (cohort !== null && home?.company !== company) {
    errors.push({ path: 'cohort', message: 'there is no such cohort of this company' })
  }
  const known = await knownGroups(trx, groups)
  for (const id of groups) if (!known.has(id)) errors.push({ path: 'groups', message: `there is no group ${id}` })
  const open = company === null ? new Set(courses) : await coursesOpenTo(trx, company, courses)
  for (const id of courses) {
    if (!open.has(id) && !enrolled.includes(id)) {
      errors.push({ path: 'courses', message: `the company may not use a course ${id}` })
    }
  }
  if (errors.length > 0) throw invalidRequest(errors)
}

/** Writes what a change names and leaves the rest as it is. */
export async function changeUser(trx: Trx, caller: Caller, user: UserRecord, change: UserChange): Promise<void> {
  const { groups, courses } = change
  const company = change.company ?? user.company_id
  const cohort = change.cohort === undefined ? user.cohort_id : change.cohort
  await checkReferences(trx, caller, { company, cohort }, change, user.courses)
  await updateUser(trx, user.id, columnsOf(change))
  if (groups) await setGroups(trx, user.id, groups)
  if (courses) await setCourses(trx, user.id, courses)
}

/** The columns of the fields that are there. */
export function columnsOf({
  email,
  firstName,
  lastName,
  company,
  cohort,
  jobRole,
  groups,
  courses,
  ...rest
}: UserChange) {
  const named = {
    email: email?.address,
    email_key: email?.key,
    first_name: firstName,
    last_name: lastName,
    company_id: company,
    cohort_id: cohort,
    job_role: jobRole,
    ...rest,
  }
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
}
