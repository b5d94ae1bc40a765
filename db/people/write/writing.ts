import { type RawBuilder, sql } from 'kysely'
import { enrolsExisting, type ImportOptions } from '../../../domain/imports/options.ts'
import type { EmailKind } from '../../tables/mail.ts'
import { type GroupRules, groupRules } from '../groups.ts'
import { staysEnabled } from './generated-password.ts'
import { type PersonValue, personValues } from './values.ts'

/** What `writePeople` writes for the people of `source`. */
export interface Writing {
  /** Recorded with enrolments and outcomes, and the mailing of the e-mails. null when the API adds a single user. */
  importId: string | null
  /**
   * Query of the rows to write: `row_no`, `email`, `email_key` and the value columns of a person (`custom` and
   * `enabled` may be null); of an existing person also `person_id`, `invited` and `action`; and the columns that
   * `groups.wanted` and `courses` need.
   */
  source: RawBuilder<unknown>
  /** Some of the rows are invitations, or become invitations. Otherwise left out: an empty half of the statement costs time. */
  withInvitations: boolean
  mode: ImportOptions['mode']
  language: string
  permissionSet: string | null
  values: PersonValue[]
  groups: GroupRules | null
  /** Query over `source` of the courses of each row: `row_no, course_id, collection_id, campaign_id`. */
  courses: RawBuilder<unknown>
  enrolsExisting: boolean
  password: PasswordWriting
  email: EmailWriting
}

export interface PasswordWriting {
  /** The one password for all; null: no password is set here. */
  hash: string | null
  forceReset: boolean
  /** Existing users get it as well. */
  existing: boolean
}

export interface EmailWriting {
  /** To new people who are enabled; null: none. */
  toNew: EmailKind | null
  /** To existing users who are enabled; null: none. */
  toExisting: EmailKind | null
  /** The address that gets all of them in place of the people; null: each recipient's own. */
  deliverTo: string | null
  message: string | null
}

/** Counts of what one statement wrote. */
export interface Written {
  created: number
  invited: number
  updated: number
  skipped: number
  assignments: number
  emails: number
}

/** What apply, validation and the plan need of an import. */
export interface ImportSettings {
  options: ImportOptions
  /** Companies that the import may touch; null: all. */
  scope: string[] | null
  /** Fields that the file has a column for. */
  fields: string[]
  /** Hash of the one password for all. */
  passwordHash: string | null
  /** Address of the administrator, or of the key's contact, that started the import. */
  contact: string | null
}

/** The rows of an import with the ids of their companies and cohorts. The expressions of this folder expect it as `source`. */
export const rowsWithNames = sql`(
  SELECT import_rows.*, company.resolved_id AS company_id, cohort.resolved_id AS cohort_id
     FROM import_rows
     LEFT JOIN import_refs company ON company.import_id = import_rows.import_id AND company.ref = import_rows.company_ref
     LEFT JOIN import_refs cohort ON cohort.import_id = import_rows.import_id AND cohort.ref = import_rows.cohort_ref)`

/** Turns the options of an import into a `Writing`. The caller adds the rows and their courses. */
export function writingOf(
  settings: ImportSettings,
): Omit<Writing, 'importId' | 'source' | 'courses' | 'withInvitations'> {
  const { options, fields } = settings
  return {
    mode: options.mode,
    language: options.language,
    permissionSet: options.permissionSet,
    values: personValues(options, fields),
    groups: groupRules(options, fields),
    enrolsExisting: enrolsExisting(options),
    password: passwordOf(settings),
    email: emailOf(settings),
  }
}

function passwordOf({ options: { passwords }, passwordHash }: ImportSettings): PasswordWriting {
  return { hash: passwordHash, forceReset: passwords.forceReset, existing: passwords.updateExisting }
}

const kinds = { activation: 'activation', generate: 'password', default: 'welcome' } as const

/** An existing user gets an e-mail for one reason only: it carries a generated password. */
export function emailOf({ options, contact }: Pick<ImportSettings, 'options' | 'contact'>): EmailWriting {
  const { sendEmails, passwords, deliverTo, message } = options
  return {
    toNew: sendEmails ? kinds[passwords.set] : null,
    toExisting: sendEmails && renewsPasswords(options) ? 'password' : null,
    deliverTo: deliverTo === 'importer' ? contact : null,
    message,
  }
}

function renewsPasswords({ passwords }: ImportOptions): boolean {
  return passwords.updateExisting && passwords.set === 'generate'
}

/**
 * True when the import gives the user `person` a new password. Then the row `source` updates the user even if no value
 * differs. A generated password comes by e-mail, so a user who stays disabled gets none.
 */
export function setsNewPassword({ passwords, existing }: ImportOptions): RawBuilder<boolean> {
  if (!passwords.updateExisting || existing === 'skip') return sql.lit(false)
  const ofUser = {
    activation: sql.lit(false),
    generate: staysEnabled(sql<boolean>`person.enabled`),
    default: sql.lit(true),
  }
  return ofUser[passwords.set]
}
