/** What everybody in the file is enrolled into, by id. Collections and campaigns enrol into their courses. */
export interface Enrol {
  courses: string[]
  collections: string[]
  campaigns: string[]
}

export interface PasswordOptions {
  /**
   * `activation`: each chooses one through the link. `generate`: each gets a unique one by e-mail. `default`: one for
   * all; the password itself is not kept, the import holds its hash only.
   */
  set: 'activation' | 'generate' | 'default'
  /** Users already there get the new password, too. */
  updateExisting: boolean
  /** Whoever's password was set must choose a new one at the next sign-in. */
  forceReset: boolean
}

/** The choices of an import. FORMATS.md, "Options of an import", says what each does to whom. */
export interface ImportOptions {
  /** `create`: the account exists at once. `invite`: it comes into being when the person accepts. */
  mode: 'create' | 'invite'
  /** `update`: users already there get the file's values; `skip`: they are left as they are. */
  existing: 'update' | 'skip'
  /** What an empty cell does to a value that the user has. */
  blankCells: 'keep' | 'clear'
  /** Users already there are enrolled even with `existing: skip`. */
  enrolExisting: boolean
  passwords: PasswordOptions
  /** The e-mails go out with the import. Off: they can be sent later from the user list. */
  sendEmails: boolean
  /** Personal text placed in the e-mail. */
  message: string | null
  /** `importer`: all e-mails go to the address of whoever started the import. */
  deliverTo: 'user' | 'importer'
  /** What everybody in the file is enrolled into, beside each row's own titles; null: nothing. */
  enrol: Enrol | null
  /** Ids of groups that everybody in the file joins, beside each row's own. */
  groups: string[]
  /** What is done with those groups, and with the file's: join, leave, or have these and no others. */
  groupsMode: 'add' | 'remove' | 'replace'
  /** A group that the file names and nobody knows: made, or an error of the row. */
  unknownGroups: 'create' | 'error'
  /** Id of what everybody in the file may do. */
  permissionSet: string | null
  /** Id of the company of everybody whose row names none. */
  company: string | null
  /** BCP 47 language of new people whose row names none. */
  language: string
  /** `reject`: one bad row rejects the file. `skip`: good rows go on, bad rows are reported. */
  invalidRows: 'reject' | 'skip'
  /** Stop after validation and wait for a confirmation. */
  review: boolean
  /** Validate and report, write nothing. */
  dryRun: boolean
}

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

/** Whether people who were there before are enrolled into the titles of their row and into `enrol`. */
export function enrolsExisting(options: Pick<ImportOptions, 'existing' | 'enrolExisting'>): boolean {
  return options.existing === 'update' || options.enrolExisting
}
