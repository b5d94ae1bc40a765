import { brokenRules } from '../../domain/imports/option-rules/index.ts'
import { defaultsOf, type Enrol, type ImportOptions } from '../../domain/imports/options.ts'
import type { Mapping } from '../../domain/people/fields.ts'
import { templates } from '../../domain/people/templates/index.ts'
import { ApiProblem } from '../http/errors.ts'
import { exitCodes } from '../terminal/exit-code.ts'
import type { GivenOptions } from './import-options.ts'

interface Chosen {
  template: string
  mapping: Record<string, unknown> | null
  saveMapping: boolean
}

/**
 * Rejects options that exclude each other, as the API would, before the file is sent. The API alone checks the key's
 * companies and contact address, unknown templates, and values of the wrong type.
 *
 * @throws ApiProblem with every broken rule
 */
export function refuseContradictions(given: GivenOptions, { template: id, mapping, saveMapping }: Chosen): void {
  const template = templates.get(id)
  if (!template || !isReadable(given)) return
  const usual = defaultsOf(template)
  const passwords = { ...usual.passwords, ...given.passwords }
  const enrol: Enrol | null = given.enrol ? { courses: [], collections: [], campaigns: [], ...given.enrol } : null
  const errors = brokenRules({
    options: { ...usual, company: 'that of the key', ...given, passwords, enrol },
    template: { requires: [], columns: template.columns },
    mapping: mapping as Mapping | null,
    password: passwords.set === 'default' ? 'asked for later' : null,
    saveMapping,
    caller: { companies: null, contact: 'that of the key' },
  })
  if (errors.length === 0) return
  const title = 'The options are not valid'
  const problem = new ApiProblem({ title, status: 422, code: 'invalid-options', errors }, null)
  problem.exitCode = exitCodes.usage
  throw problem
}

type Readable = Partial<Omit<ImportOptions, 'passwords' | 'enrol'>> & {
  passwords?: Partial<ImportOptions['passwords']>
  enrol?: Partial<Enrol> | null
}

/** Returns whether the nested options have the form that the rules read. */
function isReadable(given: GivenOptions): given is GivenOptions & Readable {
  const { passwords = {}, enrol = {}, groups = [] } = given
  const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
  const lists: unknown[] = Object.values(enrol ?? {})
  return isObject(passwords) && (enrol === null || isObject(enrol)) && [groups, ...lists].every(Array.isArray)
}
