import { findCohort } from '../../db/catalogue/cohorts.ts'
import { knownReferences, type Reference } from '../../db/catalogue/references.ts'
import type { Trx } from '../../db/core/database.ts'
import { type ClosedEnrolment, closedCourses } from '../../db/people/enrol.ts'
import type { Enrol } from '../../domain/imports/options.ts'
import type { Caller } from '../http/caller.ts'
import type { FieldError } from './read-body.ts'

/** Ids that a user refers to. */
export interface PersonReferences {
  company: string | null
  cohort: string | null
  groups: string[]
  permissionSet: string | null
  courses: string[]
  enrol: Enrol
  /** Courses that the user is already enrolled in. They may stay, even when they are closed to the company. */
  enrolled: string[]
}

/** Finds the item that an id of a field refers to. */
type Find = (option: Reference['option'], id: string) => Reference | undefined

/**
 * Returns an error for each invalid reference: a company outside the caller's scope, a cohort of another company,
 * unknown groups, permission sets, collections and campaigns, campaigns that are over, and courses that are closed to
 * the company. Users without a company may take every course. The courses stay open to the company until the
 * transaction ends (HAZARDS 16).
 */
export async function checkReferences(trx: Trx, caller: Caller, wanted: PersonReferences): Promise<FieldError[]> {
  const { company, enrol, courses } = wanted
  const named = { ...enrol, courses: [...courses, ...enrol.courses] }
  const references = await knownReferences(trx, { ...wanted, enrol: named }, caller.companies)
  const known = new Map(references.map((one) => [`${one.option} ${one.id}`, one]))
  const find: Find = (option, id) => known.get(`${option} ${id}`)
  const closed = await closedCourses(trx, company, named)
  return [
    ...companyErrors(caller, wanted, find),
    ...(await cohortErrors(trx, caller, wanted)),
    ...choiceErrors(wanted, find),
    ...courseErrors(wanted, find, closed),
    ...enrolErrors(wanted, find, closed),
  ]
}

const error = (path: string, code: string, message: string): FieldError => ({ path, code, message })

function companyErrors({ companies }: Caller, { company }: PersonReferences, find: Find): FieldError[] {
  if (company !== null) {
    return find('company', company) ? [] : [error('company', 'unknown-company', 'There is no company with this id.')]
  }
  if (companies === null) return []
  return [error('company', 'missing-value', 'A company is required, because your access is limited to some companies.')]
}

/** The rules of a row refuse a cohort without a company. */
async function cohortErrors(trx: Trx, { companies }: Caller, { company, cohort }: PersonReferences) {
  if (cohort === null || company === null) return []
  const home = await findCohort(trx, cohort, companies)
  return home?.company === company
    ? []
    : [error('cohort', 'unknown-cohort', 'There is no cohort with this id in the company.')]
}

function choiceErrors({ groups, permissionSet }: PersonReferences, find: Find): FieldError[] {
  const errors = groups.flatMap((id) =>
    find('groups', id) ? [] : [error('groups', 'unknown-group', `There is no group ${id}.`)],
  )
  if (permissionSet !== null && !find('permissionSet', permissionSet)) {
    errors.push(error('permissionSet', 'unknown-id', `There is no permission set ${permissionSet}.`))
  }
  return errors
}

function courseErrors({ courses, enrolled }: PersonReferences, find: Find, closed: ClosedEnrolment[]): FieldError[] {
  const shut = new Set(closed.map(({ course }) => course))
  return courses
    .filter((id) => !enrolled.includes(id) && (!find('enrol.courses', id) || shut.has(id)))
    .map((id) => error('courses', 'unknown-course', `There is no course ${id} that the company may use.`))
}

const kinds = { courses: 'course', collections: 'collection', campaigns: 'campaign' } as const

/** An error of a collection or campaign does not name its courses, because the caller may not know them. */
function enrolErrors({ enrol }: PersonReferences, find: Find, closed: ClosedEnrolment[]): FieldError[] {
  const shut = new Set(closed.flatMap(({ course, collection, campaign }) => [collection ?? campaign ?? course]))
  return (Object.keys(kinds) as (keyof Enrol)[]).flatMap((kind) =>
    enrol[kind].flatMap((id) => {
      const path = `enrol.${kind}` as const
      const found = find(path, id)
      if (!found) return [error(path, 'unknown-id', `There is no ${kinds[kind]} ${id}.`)]
      if (found.over) return [error(path, 'campaign-over', `The campaign ${id} is over.`)]
      const refused = `The ${kinds[kind]} ${id} is not fully open to the company.`
      return shut.has(id) ? [error(path, 'enrol-not-available', refused)] : []
    }),
  )
}
