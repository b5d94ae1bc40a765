import type { Template } from '../../../api/schema.ts'
import { hasColumn } from './options.ts'
import type { Situation } from './rules.ts'

/** What must be chosen before the file can be checked, each in a sentence. `companies`: those of the account. */
export function missingChoices(
  template: Template,
  { options, mapping }: Situation,
  password: string | null,
  companies: string[] | null,
): string[] {
  const oneOfSeveral = companies !== null && companies.length !== 1
  return [
    ...(template.requires.includes('permissionSet') && options.permissionSet === null
      ? ['Choose a permission set first: this template needs one for everybody.']
      : []),
    ...(oneOfSeveral && options.company === null && !hasColumn(mapping, 'company')
      ? ['Choose the company that the people belong to first.']
      : []),
    ...(options.passwords.set === 'default' && !password ? ['Type the password that everybody is to get first.'] : []),
  ]
}
