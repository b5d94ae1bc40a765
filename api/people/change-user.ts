import { allCustomFields } from '../../db/catalogue/custom-fields.ts'
import type { Trx } from '../../db/core/database.ts'
import { holdAddress } from '../../db/people/add-person.ts'
import { changePerson, type PersonChange } from '../../db/people/change-person.ts'
import { type PersonRecord, whoHasAddress } from '../../db/people/find/people.ts'
import { lockPeople } from '../../db/people/lock-people.ts'
import { invitations, users } from '../../db/people/target.ts'
import type { EmailAddress } from '../../domain/people/email.ts'
import type { Caller } from '../http/caller.ts'
import { invalidRequest } from '../http/problems.ts'
import { addressTaken } from './address-taken.ts'
import { checkReferences } from './check-references.ts'
import { findOrThrow, type Served } from './find-or-throw.ts'
import { type ReadBody, readBody } from './read-body.ts'
import type { UserChange } from './user-schemas.ts'

/**
 * Changes the named fields of a user or an invitation and keeps all others. A new address ends the links that were sent
 * to the old one.
 *
 * @throws ApiProblem 404 unless the caller may see the user; 422 that names every error; 409 when another user has the
 *   address
 */
export async function changeUser(
  trx: Trx,
  caller: Caller,
  { id, ...served }: Served & { id: string },
  change: UserChange,
): Promise<void> {
  await lockPeople(trx, [id])
  const person = await findOrThrow(trx, id, caller, served)
  const { email, company, cohort, courses: enrolled } = person
  const read = readBody({ email, company, cohort, ...change }, await allCustomFields(trx), filledBy(change))
  const references = await checkReferences(trx, caller, {
    company: change.company === undefined ? company : change.company,
    cohort: change.cohort === undefined ? cohort : change.cohort,
    groups: change.groups ?? [],
    permissionSet: change.permissionSet ?? null,
    courses: change.courses ?? [],
    enrol: { courses: [], collections: [], campaigns: [] },
    enrolled,
  })
  const wrong = [...read.errors, ...references]
  if (wrong.length > 0) throw invalidRequest(wrong)
  const address = await newAddress(trx, caller, person, read)
  await changePerson(trx, person.invited ? invitations : users, id, valuesOf(change, read, address))
}

/** Fields of the change that must have a value. */
const filledBy = (change: UserChange) => (change.language === undefined ? [] : (['language'] as const))

/** Returns undefined when the address stays the same. */
async function newAddress(
  trx: Trx,
  caller: Caller,
  { id, email: before }: PersonRecord,
  { person: { email, emailKey } }: ReadBody,
): Promise<EmailAddress | undefined> {
  if (email === null || emailKey === null || email === before) return undefined
  const address = { address: email, key: emailKey }
  await holdAddress(trx, emailKey)
  const owner = await whoHasAddress(trx, emailKey)
  if (owner && owner.id !== id) throw await addressTaken(trx, address, caller)
  return address
}

/** The named fields of the change, with the values that were read. */
function valuesOf(change: UserChange, { person, emptied }: ReadBody, email: EmailAddress | undefined): PersonChange {
  const text = <Field extends 'lastName' | 'jobRole' | 'region' | 'description' | 'label'>(field: Field) =>
    change[field] === undefined ? undefined : person[field]
  const { company, cohort, permissionSet, enabled, groups, courses } = change
  return {
    email,
    firstName: change.firstName === undefined ? undefined : (person.firstName ?? ''),
    lastName: text('lastName'),
    company,
    cohort,
    language: change.language === undefined ? undefined : (person.language ?? undefined),
    jobRole: text('jobRole'),
    region: text('region'),
    description: text('description'),
    label: text('label'),
    permissionSet,
    enabled,
    custom: change.custom && { set: person.custom, remove: emptied },
    groups,
    courses,
  }
}
