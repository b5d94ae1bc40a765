import { brokenRules } from '../../../domain/imports/option-rules/index.ts'
import { defaultsOf, type Enrol, type ImportOptions } from '../../../domain/imports/options.ts'
import type { Mapping } from '../../../domain/people/fields.ts'
import { type Template, templates } from '../../../domain/people/templates/index.ts'
import type { Caller } from '../../http/caller.ts'
import { ApiProblem } from '../../http/problems.ts'
import type { UploadFields } from '../upload/read-upload.ts'
import { type ReadingChoices, readReading } from '../upload/reading-choices.ts'
import { readMapping } from './mapping.ts'
import { describe, invalid, type OptionError } from './option-errors.ts'
import { type GivenOptions, optionsSchema } from './options-schema.ts'

/** The choices that were sent with the file, with every default filled in. Their ids have not been checked yet. */
export interface Choices {
  template: Template
  reading: ReadingChoices
  mapping: Mapping | null
  /** True to save the mapping for the company's next file with the same headers. */
  saveMapping: boolean
  options: ImportOptions
  /** The one password for all. The options do not hold it. */
  password: string | null
}

/**
 * Reads and checks the choices of an upload without the database.
 *
 * @throws ApiProblem 422 with every error
 */
export function readChoices(words: UploadFields, caller: Pick<Caller, 'companies' | 'contact'>): Choices {
  const template = checkTemplate(words.template ?? 'onboarding')
  const mapping = readMapping(template, words.mapping)
  const reading = readReading(words)
  const errors: OptionError[] = []
  const saveMapping = readBoolean('saveMapping', words.saveMapping, errors)
  const given = readOptions(words, errors)
  if (!given || errors.length > 0) throw invalid(errors)
  const { password, options } = completed(given, template, caller)
  const choices = { template, mapping, reading, saveMapping, options, password }
  const broken = brokenRules({ ...choices, caller })
  if (broken.length > 0) throw invalid(broken)
  return choices
}

/**
 * Returns the template with this id.
 *
 * @throws ApiProblem 422 for an unknown template
 */
export function checkTemplate(id: string): Template {
  const template = templates.get(id)
  if (template) return template
  const known = [...templates.keys()].join(', ')
  throw new ApiProblem('unknown-template', `There is no template ${JSON.stringify(id.slice(0, 100))}: ${known}.`)
}

function readOptions(
  { options: text, defaultPassword, isForm }: UploadFields,
  errors: OptionError[],
): GivenOptions | null {
  const read = optionsSchema.safeParse(parseJson(text))
  if (!read.success) {
    errors.push(...read.error.issues.flatMap(describe))
    return null
  }
  const { passwords } = read.data
  if (passwords?.default !== undefined && (!isForm || defaultPassword !== undefined)) {
    // Every server on the way can log the URL (ASVS 5.0, 14.2.1).
    const message = isForm
      ? 'A password is given twice, here and in the header.'
      : 'A password must not stand in an address: send a form, or the header Muster-Default-Password.'
    errors.push({ option: 'passwords.default', code: 'password-misplaced', message })
  }
  if (defaultPassword === undefined) return read.data
  return { ...read.data, passwords: { ...passwords, default: defaultPassword } }
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined || text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    const message = 'Expected a JSON object such as {"existing":"update"}.'
    throw invalid([{ option: null, code: 'invalid-option', message }])
  }
}

function readBoolean(option: string, text: string | undefined, errors: OptionError[]): boolean {
  if (text !== undefined && text !== 'true' && text !== 'false') {
    errors.push({ option, code: 'invalid-option', message: 'Expected true or false.' })
  }
  return text === 'true'
}

/** Returns every option in a fixed order, so that equal choices have equal fingerprints. */
function completed(given: GivenOptions, template: Template, { companies }: Pick<Caller, 'companies'>) {
  const { passwords: { default: password = null, ...passwords } = {}, enrol, ...rest } = given
  const usual = defaultsOf(template)
  const only = companies?.length === 1 ? (companies[0] ?? null) : null
  const options: ImportOptions = {
    ...usual,
    ...said(rest),
    passwords: { ...usual.passwords, ...said(passwords) },
    enrol: enrolOf(enrol),
  }
  options.company ??= only
  return { password, options }
}

/** Returns null when no course, collection or campaign is chosen. */
function enrolOf(given: GivenOptions['enrol']): Enrol | null {
  const { courses = [], collections = [], campaigns = [] } = given ?? {}
  return courses.length + collections.length + campaigns.length === 0 ? null : { courses, collections, campaigns }
}

type Said<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Leaves out options whose value is `undefined`, which would otherwise override a default. */
function said<T extends object>(given: T): Said<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Said<T>
}
