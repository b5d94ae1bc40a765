/** Ids of what every user in the file is enrolled in. Collections and campaigns stand for their courses. */
export interface Enrol {
  courses: string[]
  collections: string[]
  campaigns: string[]
}

export interface PasswordOptions {
  set: 'activation' | 'generate' | 'default'
  updateExisting: boolean
  forceReset: boolean
}

/** The options of an import. `option-meanings.ts` says what each does, and docs/options.md lists them. */
export interface ImportOptions {
  mode: 'create' | 'invite'
  existing: 'update' | 'skip'
  blankCells: 'keep' | 'clear'
  enrolExisting: boolean
  /** The one password for all is not among them: the import holds only its hash. */
  passwords: PasswordOptions
  sendEmails: boolean
  message: string | null
  deliverTo: 'user' | 'importer'
  /** null: nothing. */
  enrol: Enrol | null
  /** Ids. */
  groups: string[]
  groupsMode: 'add' | 'remove' | 'replace'
  unknownGroups: 'create' | 'error'
  /** An id. */
  permissionSet: string | null
  /** An id. */
  company: string | null
  /** A BCP 47 tag. */
  language: string
  invalidRows: 'reject' | 'skip'
  review: boolean
  dryRun: boolean
}

/** Characters of a personal text. It stands above the button of an e-mail. */
export const MAX_MESSAGE = 2_000

export const defaultOptions: Readonly<ImportOptions> = Object.freeze({
  mode: 'create',
  existing: 'skip',
  blankCells: 'keep',
  enrolExisting: false,
  passwords: Object.freeze({ set: 'activation', updateExisting: false, forceReset: true }),
  sendEmails: true,
  message: null,
  deliverTo: 'user',
  enrol: null,
  groups: [],
  groupsMode: 'add',
  unknownGroups: 'error',
  permissionSet: null,
  company: null,
  language: 'en',
  invalidRows: 'skip',
  review: false,
  dryRun: false,
})

/** Returns the options of an import without any choice: those of the template, then everybody's. */
export function defaultsOf(template: { defaults: Readonly<Partial<ImportOptions>> }): ImportOptions {
  return { ...defaultOptions, ...template.defaults }
}

/** Whether existing users are enrolled in the courses of their row and in `enrol`. */
export function enrolsExisting(options: Pick<ImportOptions, 'existing' | 'enrolExisting'>): boolean {
  return options.existing === 'update' || options.enrolExisting
}
