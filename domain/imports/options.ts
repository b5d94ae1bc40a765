/** Ids of what every user in the file is enrolled in. A collection or campaign enrols in each of its courses. */
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

/** The options of an import. `option-meanings.ts` describes each of them, and docs/options.md lists them. */
export interface ImportOptions {
  mode: 'create' | 'invite'
  existing: 'update' | 'skip'
  blankCells: 'keep' | 'clear'
  enrolExisting: boolean
  /** Without the one password for all: the import holds only its hash. */
  passwords: PasswordOptions
  sendEmails: boolean
  message: string | null
  deliverTo: 'user' | 'importer'
  /** Null to enrol in nothing. */
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

/** The most characters in a personal text, which appears above the button of an e-mail. */
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

/** Returns the default options of a template. The template's own defaults override the general ones. */
export function defaultsOf(template: { defaults: Readonly<Partial<ImportOptions>> }): ImportOptions {
  return { ...defaultOptions, ...template.defaults }
}

/** Whether existing users are enrolled in the courses of their row and in `enrol`. */
export function enrolsExisting(options: Pick<ImportOptions, 'existing' | 'enrolExisting'>): boolean {
  return options.existing === 'update' || options.enrolExisting
}
