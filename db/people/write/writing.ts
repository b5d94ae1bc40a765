import { type RawBuilder, sql } from 'kysely'
import { enrolsExisting, type ImportOptions } from '../../../domain/imports/options.ts'
import { groupRules } from '../groups.ts'
import { personValues } from './values.ts'
import type { EmailWriting, PasswordWriting, Writing } from './write.ts'

/** An import as apply, validation and the plan need to know it. */
export interface ImportSettings {
  options: ImportOptions
  /** Companies that the starter may touch; null: all. */
  scope: string[] | null
  /** Fields that the file has a column for. */
  fields: string[]
  /** The one password for all. */
  passwordHash: string | null
  /** Address of whoever started the import. */
  contact: string | null
}

/** The rows of an import with the company and cohort that they name, as the expressions of this folder expect `r`. */
export const rowsWithNames = sql`
  (SELECT r.*, c.resolved_id AS company_id, k.resolved_id AS cohort_id FROM import_rows r
     LEFT JOIN import_refs c ON c.import_id = r.import_id AND c.ref = r.company_ref
     LEFT JOIN import_refs k ON k.import_id = r.import_id AND k.ref = r.cohort_ref)`

/** Turns the choices of an import into what is written; what is to be written is left to the caller. */
export function writingOf(
  settings: ImportSettings,
): Omit<Writing, 'importId' | 'todo' | 'courses' | 'withInvitations'> {
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

/** Who was there gets an e-mail for one reason only: it carries the new password. */
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
 * Whether the user `u`, who is there, changes whatever the row `r` says of them, because a new password is set. A
 * generated one comes by e-mail, so that whoever is disabled, and stays so, gets none.
 */
export function setsNewPassword({ passwords, existing }: ImportOptions): RawBuilder<boolean> {
  if (!passwords.updateExisting || existing === 'skip') return sql<boolean>`false`
  const ofUser = { activation: sql<boolean>`false`, generate: staysEnabled, default: sql<boolean>`true` }
  return ofUser[passwords.set]
}

const staysEnabled = sql<boolean>`coalesce(r.enabled, u.enabled)`
