import { findCompany } from '../../../db/catalogue/companies.ts'
import { allCustomFields } from '../../../db/catalogue/custom-fields.ts'
import { knownReferences, type Reference } from '../../../db/catalogue/references.ts'
import type { Db } from '../../../db/core/database.ts'
import type { ImportOptions } from '../../../domain/imports/options.ts'
import { judgePassword } from '../../../domain/passwords/judge-password.ts'
import { MAX_PASSWORD, MIN_PASSWORD, type PasswordFault } from '../../../domain/passwords/password.ts'
import type { Caller } from '../../http/caller.ts'
import type { Choices } from './import-choices.ts'
import { refuseMapping } from './mapping.ts'
import { invalid, type OptionError } from './option-errors.ts'

/**
 * Checks the choices against the database. Every id must name something that the caller may see, and every custom
 * field must exist. Also checks the strength of the one password for all. Validation checks the ids again, because days
 * may pass until then.
 *
 * @throws ApiProblem 422 with every error
 */
export async function checkChoices(db: Db, { companies }: Pick<Caller, 'companies'>, choices: Choices): Promise<void> {
  const { template, mapping, options, password } = choices
  if (mapping) {
    const headers = [...new Set(Object.values(mapping))]
    refuseMapping(template, mapping, await allCustomFields(db), headers, options.company !== null)
  }
  const known = await knownReferences(db, options, companies)
  const errors = referenceErrors(options, known)
  if (password !== null) {
    const company = options.company === null ? undefined : await findCompany(db, options.company, companies)
    const fault = judgePassword(password, { email: '', firstName: '', lastName: null, company: company?.name ?? '' })
    if (fault) errors.push({ option: 'passwords.default', ...passwordError(fault) })
  }
  if (errors.length > 0) throw invalid(errors)
}

const names: Record<Reference['option'], string> = {
  groups: 'group',
  permissionSet: 'permission set',
  company: 'company',
  'enrol.courses': 'course',
  'enrol.collections': 'collection',
  'enrol.campaigns': 'campaign',
}

function referenceErrors({ groups, permissionSet, company, enrol }: ImportOptions, known: Reference[]): OptionError[] {
  const wanted: Record<Reference['option'], readonly string[]> = {
    company: company === null ? [] : [company],
    permissionSet: permissionSet === null ? [] : [permissionSet],
    groups,
    'enrol.courses': enrol?.courses ?? [],
    'enrol.collections': enrol?.collections ?? [],
    'enrol.campaigns': enrol?.campaigns ?? [],
  }
  const found = new Map(known.map(({ option, id, over }) => [`${option} ${id}`, { over }]))
  return Object.entries(wanted).flatMap(([option, ids]) =>
    ids.flatMap((id) => {
      const reference = found.get(`${option} ${id}`)
      const name = names[option as Reference['option']]
      if (!reference) return [{ option, code: 'unknown-id', message: `There is no ${name} ${id}.` }]
      return reference.over ? [{ option, code: 'campaign-over', message: `The campaign ${id} is over.` }] : []
    }),
  )
}

function passwordError(fault: PasswordFault): Pick<OptionError, 'code' | 'message'> {
  switch (fault.code) {
    case 'tooShort': {
      const found = `this one has ${fault.found}`
      return { code: 'password-too-short', message: `A password has at least ${MIN_PASSWORD} characters; ${found}.` }
    }
    case 'tooLong':
      return { code: 'password-too-long', message: `A password has at most ${MAX_PASSWORD} characters.` }
    case 'common':
      return { code: 'password-common', message: 'This password is among the first that anybody would guess.' }
    case 'personal':
      return { code: 'password-personal', message: 'The password is little more than the name of the company.' }
  }
}
