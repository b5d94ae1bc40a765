import { allCustomFields } from '../../db/catalogue/custom-fields.ts'
import { inTransactionWithRetries } from '../../db/core/retries.ts'
import { addPerson, queueFirstEmail } from '../../db/people/add-person.ts'
import { brokenRules } from '../../domain/imports/option-rules/index.ts'
import { defaultOptions, type Enrol, type ImportOptions } from '../../domain/imports/options.ts'
import { none } from '../../domain/people/templates/index.ts'
import { startMailing } from '../emails/start-mailing.ts'
import type { Caller } from '../http/caller.ts'
import type { ApiDeps } from '../http/deps.ts'
import { invalidRequest } from '../http/problems.ts'
import { addressTaken } from './address-taken.ts'
import { checkReferences } from './check-references.ts'
import { type FieldError, readBody } from './read-body.ts'
import type { NewPersonBody } from './user-schemas.ts'

/**
 * Creates or invites one user by the rules of a row, in one transaction, and starts the e-mail.
 *
 * @returns the id of the user
 * @throws ApiProblem 422 that names every error; 409 when another user has the address
 */
export async function createPerson(
  { db, temporal, log }: Pick<ApiDeps, 'db' | 'temporal' | 'log'>,
  caller: Caller,
  body: NewPersonBody,
  mode: ImportOptions['mode'],
): Promise<string> {
  const { id, mailing } = await inTransactionWithRetries(db, async (trx) => {
    const { groups = [], courses = [], cohort = null, permissionSet = null, enabled } = body
    const company = body.company === undefined ? onlyCompany(caller) : body.company
    const enrol = allOf(body.enrol)
    const { person, errors } = readBody({ ...body, company }, await allCustomFields(trx))
    const wanted = { company, cohort, groups, permissionSet, courses, enrol, enrolled: [] }
    const wrong = [...errors, ...(await checkReferences(trx, caller, wanted)), ...emailErrors(body, caller)]
    const { email, emailKey } = person
    if (wrong.length > 0 || email === null || emailKey === null) throw invalidRequest(wrong)
    const everything = { ...enrol, courses: [...courses, ...enrol.courses] }
    const ids = { company, cohort, groups, permissionSet, enrol: everything }
    const made = await addPerson(trx, { ...person, email, emailKey, enabled, ...ids }, mode)
    if (made === null) throw await addressTaken(trx, { address: email, key: emailKey }, caller)
    return { id: made, mailing: body.sendEmail ? await queueFirstEmail(trx, made, emailOf(body, caller)) : null }
  })
  if (mailing !== null) {
    await startMailing({ db, temporal }, mailing).catch((error: Error) => {
      log.warn({ mailing, reason: error.name }, 'could not start the mailing, the dispatcher will start it')
    })
  }
  return id
}

/** The company of a caller who is limited to one. It is the default of a request without a company. */
function onlyCompany({ companies }: Caller): string | null {
  return companies?.length === 1 ? (companies[0] ?? null) : null
}

function allOf(enrol: NewPersonBody['enrol']): Enrol {
  return { courses: enrol?.courses ?? [], collections: enrol?.collections ?? [], campaigns: enrol?.campaigns ?? [] }
}

/** The errors that an import with the same e-mail options would have. */
function emailErrors({ sendEmail, message, deliverTo }: NewPersonBody, caller: Caller): FieldError[] {
  const chosen = { sendEmails: sendEmail, message: message ?? null, deliverTo: deliverTo ?? 'user' }
  const options = { ...defaultOptions, ...chosen }
  const situation = { template: none, mapping: null, options, password: null, saveMapping: false, caller }
  return brokenRules(situation).flatMap(({ option, code, message: text }) =>
    option === 'message' || option === 'deliverTo' ? [{ path: option, code, message: text }] : [],
  )
}

function emailOf({ message, deliverTo }: NewPersonBody, { name, contact }: Caller) {
  return { requestedBy: name, message: message ?? null, deliverTo: deliverTo === 'importer' ? contact : null }
}
