import { type Enrol, type ImportOptions, MAX_MESSAGE, type PasswordOptions } from './options.ts'

/** What an option does, for the API's description, `muster help import`, the console and docs/options.md. */
interface OptionMeaning {
  /** One sentence, for an option whose value is free. */
  meaning?: string
  /** One sentence for each value. */
  values?: Readonly<Record<string, string>>
  /** What else a program must consider. The console disables the impossible choices instead of showing the note. */
  note?: string
}

export type OptionName =
  | Exclude<keyof ImportOptions, 'passwords' | 'enrol'>
  | `passwords.${keyof PasswordOptions | 'default'}`
  | `enrol.${keyof Enrol}`

export const optionMeanings = {
  mode: {
    values: {
      create: 'The account exists at once. It is inactive until it is activated or has a password.',
      invite: 'The account is created when the user accepts the invitation.',
    },
  },
  existing: {
    values: {
      skip: 'Existing users are unchanged and reported as skipped.',
      update: 'Existing users get the values, groups and courses of the file.',
    },
    note: 'The default of the template `invitation` is `update`.',
  },
  blankCells: {
    values: {
      keep: 'An empty cell keeps the value that a user has.',
      clear: 'An empty cell removes the value that a user has.',
    },
    note: '`clear` needs `existing: update`.',
  },
  enrolExisting: {
    values: {
      true: 'Existing users are enrolled, even when they are otherwise skipped.',
      false: 'Skipped users are not enrolled.',
    },
    note: 'With `existing: update`, existing users are always enrolled.',
  },
  'passwords.set': {
    values: {
      activation: 'Each user chooses a password through the link in the e-mail.',
      generate: 'Each user gets a unique password, which appears in the e-mail and nowhere else.',
      default: 'Every user gets one given password. You pass it on yourself, and it is never shown again.',
    },
    note: '`default` requires `passwords.default`.',
  },
  'passwords.default': {
    meaning: 'The one password for every user. It is never shown again.',
    note:
      'A file that is sent as the body takes it from the header `Muster-Default-Password` instead, because URLs are ' +
      'logged.',
  },
  'passwords.updateExisting': {
    values: {
      true: 'Existing users get the new password, and their old password stops working.',
      false: 'Existing users keep their password.',
    },
    note: '`true` needs `existing: update`.',
  },
  'passwords.forceReset': {
    values: {
      true: 'A user whose password was set must choose a new one at the next sign-in.',
      false: 'A user may keep a password that was set.',
    },
  },
  sendEmails: {
    values: {
      true: 'The e-mails are sent with the import. They can’t be recalled.',
      false: 'No e-mails are sent. You can send them later from the user list.',
    },
  },
  message: {
    meaning: 'A personal text in the e-mail, above the button.',
    note: `At most ${MAX_MESSAGE.toLocaleString('en')} characters.`,
  },
  deliverTo: {
    values: {
      user: 'Each e-mail goes to the address in the file.',
      importer: 'Every e-mail goes to the importer, who passes it on to users without a mailbox.',
    },
    note: 'With an API key, the importer is its contact address.',
  },
  'enrol.courses': { meaning: 'Courses for every user in the file, in addition to the courses of each row.' },
  'enrol.collections': { meaning: 'Collections. Every user in the file is enrolled in each of their courses.' },
  'enrol.campaigns': {
    meaning: 'Campaigns that are not over. Every user in the file is enrolled in each of their courses.',
  },
  groups: {
    meaning: 'Groups for every user in the file, in addition to the groups of each row.',
    note: 'Existing users join or leave groups only with `existing: update`.',
  },
  groupsMode: {
    values: {
      add: 'Users join these groups and stay in their other groups.',
      remove: 'Users leave these groups and stay in their other groups.',
      replace: 'Users join these groups and leave every other group.',
    },
  },
  unknownGroups: {
    values: {
      error: 'A row that names an unknown group has an error.',
      create: 'A group that only the file names is created.',
    },
    note: '`create` needs an administrator or API key for all companies.',
  },
  permissionSet: {
    meaning: 'The permission set of every user in the file.',
    note: 'The template `team` requires one.',
  },
  company: {
    meaning: 'The company of users whose row names none.',
    note: 'An importer with one company needs no choice.',
  },
  language: { meaning: 'The language of new users whose row names none, as a BCP 47 tag such as `en-GB`.' },
  invalidRows: {
    values: {
      skip: 'Valid rows are imported. Invalid rows are reported, to download, correct and import again.',
      reject: 'One invalid row rejects the file, and nothing is written.',
    },
  },
  review: {
    values: {
      true: 'The import stops after the check, shows the plan and waits 7 days for a confirmation.',
      false: 'The import continues after the check.',
    },
  },
  dryRun: {
    values: { true: 'The file is checked, and nothing is written.', false: 'The file is imported.' },
  },
} as const satisfies Record<OptionName, OptionMeaning>

/** Describes an option with every value and its note, in Markdown. */
export function describeOption(name: OptionName): string {
  const { meaning, values = {}, note }: OptionMeaning = optionMeanings[name]
  const each = Object.entries(values).map(([value, does]) => `\`${value}\`: ${does}`)
  return [meaning, ...each, note].filter((sentence) => sentence !== undefined).join(' ')
}
