import type { Field, Mapping } from '../../people/fields.ts'
import type { ImportOptions } from '../options.ts'

/** Everything that an option rule may depend on. */
export interface OptionSituation {
  /** Every option, with its default where none was chosen. */
  options: ImportOptions
  template: { requires: readonly string[]; columns: readonly { field: Field }[] }
  /** Header by field; null when no columns were matched. */
  mapping: Mapping | null
  /** The password that every user gets. The options do not hold it. */
  password: string | null
  saveMapping: boolean
  /** `companies` null: the caller manages all companies. `contact` null: the API key has no contact address. */
  caller: { companies: readonly string[] | null; contact: string | null }
}

/** A combination of options that the API rejects and the console does not offer. */
export interface OptionRule {
  /** Stable: programs read it. */
  code: string
  /** The option to change first, with points between its parts. */
  option: string
  /** Why the combination is impossible, for a reader of the API's answer and of the console. */
  message: string
  /** The choices that a form disables because of this rule. */
  disables?: readonly Choice[]
  /** The import cannot start before this option has a value. */
  isRequirement?: true
  applies: (situation: OptionSituation) => boolean
}

/** Choices that a form can disable, and what each sets. */
export const choices = {
  'mode=invite': (options) => ({ ...options, mode: 'invite' }),
  'blankCells=clear': (options) => ({ ...options, blankCells: 'clear' }),
  'enrolExisting=true': (options) => ({ ...options, enrolExisting: true }),
  'passwords.set=generate': (options) => ({ ...options, passwords: { ...options.passwords, set: 'generate' } }),
  'passwords.set=default': (options) => ({ ...options, passwords: { ...options.passwords, set: 'default' } }),
  'passwords.updateExisting=true': (options) => ({
    ...options,
    passwords: { ...options.passwords, updateExisting: true },
  }),
  'sendEmails=false': (options) => ({ ...options, sendEmails: false }),
  message: (options) => ({ ...options, message: 'Welcome' }),
  'deliverTo=importer': (options) => ({ ...options, deliverTo: 'importer' }),
  'groupsMode=remove': (options) => ({ ...options, groupsMode: 'remove' }),
  'groupsMode=replace': (options) => ({ ...options, groupsMode: 'replace' }),
  'unknownGroups=create': (options) => ({ ...options, unknownGroups: 'create' }),
} as const satisfies Record<string, (options: ImportOptions) => ImportOptions>
export type Choice = keyof typeof choices

/** Whether a mapping matches a column to this field. */
export function mapsField(mapping: Readonly<Mapping>, field: Field): boolean {
  return Object.keys(mapping).some((name) => name === field || (field === 'title' && name.startsWith('title ')))
}

/** Whether the file can have a column of this field. Before the file is read, its template decides. */
export function mayHaveColumn(field: Field, { template, mapping }: OptionSituation): boolean {
  if (mapping !== null) return mapsField(mapping, field)
  return template.columns.some((column) => column.field === field)
}
