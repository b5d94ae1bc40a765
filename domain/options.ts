/** The choices of an import. FORMATS.md, "Options of an import", says what each does to whom. */
export interface ImportOptions {
  /** `update`: users already there get the file's values; `skip`: they are left as they are. */
  existing: 'update' | 'skip'
  /** What an empty cell does to a value that the user has. */
  blankCells: 'keep' | 'clear'
  /** Users already there are enrolled into the file's titles even with `existing: skip`. */
  enrolExisting: boolean
  /** The activation e-mails go out with the import. Off: they can be sent later from the user list. */
  sendEmails: boolean
  /** Personal text placed in the e-mail. */
  message: string | null
  /** `reject`: one bad row rejects the file. `skip`: good rows go on, bad rows are reported. */
  invalidRows: 'reject' | 'skip'
  /** Stop after validation and wait for a confirmation. */
  review: boolean
  /** Validate and report, write nothing. */
  dryRun: boolean
}

export const defaultOptions: Readonly<ImportOptions> = Object.freeze({
  existing: 'skip',
  blankCells: 'keep',
  enrolExisting: false,
  sendEmails: true,
  message: null,
  invalidRows: 'skip',
  review: false,
  dryRun: false,
})

/** Whether people who were there before are enrolled into the titles of their row. */
export function enrolsExisting(options: ImportOptions): boolean {
  return options.existing === 'update' || options.enrolExisting
}
