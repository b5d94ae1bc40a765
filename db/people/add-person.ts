import { sql } from 'kysely'
import { defaultOptions, type Enrol, type ImportOptions } from '../../domain/imports/options.ts'
import type { CustomValues } from '../../domain/people/fields.ts'
import type { Trx } from '../core/database.ts'
import { enrolledCourses } from './enrol.ts'
import { invitations, users } from './target.ts'
import { personValues } from './write/values.ts'
import { writePeople } from './write/write-people.ts'

/** All values of a new person. References are ids. */
export interface NewPerson {
  email: string
  /** Canonical form (domain/people/email.ts), unique. */
  emailKey: string
  firstName: string | null
  lastName: string | null
  company: string | null
  cohort: string | null
  /** null: the default language of imports. */
  language: string | null
  jobRole: string | null
  region: string | null
  description: string | null
  label: string | null
  permissionSet: string | null
  custom: CustomValues
  /** null: enabled. */
  enabled: boolean | null
  groups: string[]
  /** Courses, collections and campaigns. A collection or campaign is recorded as the reason of its courses. */
  enrol: Enrol
}

/**
 * Creates or invites one person with the statement that writes the rows of an import. The caller has checked references.
 *
 * @returns the id; null when a user or an invitation has the address
 */
export async function addPerson(trx: Trx, person: NewPerson, mode: ImportOptions['mode']): Promise<string | null> {
  await holdAddress(trx, person.emailKey)
  const home = mode === 'invite' ? invitations : users
  const { created, invited } = await writePeople(trx, {
    importId: null,
    source: asRow(person),
    withInvitations: home.invited,
    mode,
    language: defaultOptions.language,
    permissionSet: person.permissionSet,
    values: personValues(defaultOptions, []),
    groups: { mode: 'add', wanted: sql`source.group_ids`, decides: sql<boolean>`true` },
    courses: sql`SELECT 1 AS row_no, enrolled.* FROM (${enrolledCourses(person.enrol)}) enrolled`,
    enrolsExisting: false,
    password: { hash: null, forceReset: false, existing: false },
    email: { toNew: null, toExisting: null, deliverTo: null, message: null },
  })
  if (created + invited === 0) return null
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM ${sql.table(home.people)} WHERE email_key = ${person.emailKey}`.execute(trx)
  return rows[0]?.id ?? null
}

/**
 * Locks an address until the transaction ends. It is unique among users and among invitations, and two requests at once
 * must not create one of each.
 */
export async function holdAddress(trx: Trx, emailKey: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${emailKey}, 0))`.execute(trx)
}

/** A new person as the one row of `source`. */
function asRow(person: NewPerson) {
  return sql`
    SELECT 1 AS row_no, ${person.email}::text AS email, ${person.emailKey}::text AS email_key,
      ${person.firstName}::text AS first_name, ${person.lastName}::text AS last_name,
      ${person.company}::uuid AS company_id, ${person.cohort}::uuid AS cohort_id, ${person.language}::text AS language,
      ${person.jobRole}::text AS job_role, ${person.region}::text AS region,
      ${person.description}::text AS description, ${person.label}::text AS label,
      ${JSON.stringify(person.custom)}::jsonb AS custom, ${person.enabled}::boolean AS enabled,
      ${person.groups}::uuid[] AS group_ids, NULL::uuid AS person_id, false AS invited, NULL::text AS action`
}

export interface FirstEmail {
  requestedBy: string
  /** The address that gets it in place of the person. */
  deliverTo: string | null
  message: string | null
}

/**
 * Queues the activation e-mail of a new person, in a mailing of its own. A disabled person gets none, as with imports.
 *
 * @returns the mailing; null: no e-mail
 */
export async function queueFirstEmail(
  trx: Trx,
  personId: string,
  { requestedBy, deliverTo, message }: FirstEmail,
): Promise<string | null> {
  const { rows } = await sql<{ mailing: string }>`
    WITH mailing AS (
      INSERT INTO mailings (requested_by)
      SELECT ${requestedBy}::text FROM people WHERE id = ${personId} AND enabled RETURNING id
    )
    INSERT INTO outbox (mailing_id, person_id, deliver_to, message)
    SELECT id, ${personId}::uuid, ${deliverTo}::text, ${message}::text FROM mailing
    RETURNING mailing_id AS mailing`.execute(trx)
  return rows[0]?.mailing ?? null
}
