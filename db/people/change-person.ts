import { sql } from 'kysely'
import type { CustomValues } from '../../domain/people/fields.ts'
import { clock } from '../core/clock.ts'
import type { Trx } from '../core/database.ts'
import { supersedeEmails } from '../emails/supersede-emails.ts'
import type { Target } from './target.ts'

/** Changes of a person. An undefined field keeps its value. */
export interface PersonChange {
  email?: { address: string; key: string } | undefined
  firstName?: string | undefined
  lastName?: string | null | undefined
  company?: string | null | undefined
  cohort?: string | null | undefined
  language?: string | undefined
  jobRole?: string | null | undefined
  region?: string | null | undefined
  description?: string | null | undefined
  label?: string | null | undefined
  permissionSet?: string | null | undefined
  enabled?: boolean | undefined
  /** Values to set and keys to remove. Other keys keep their values. */
  custom?: { set: CustomValues; remove: string[] } | undefined
  groups?: string[] | undefined
  courses?: string[] | undefined
}

/** Writes the given changes. @param id a user or invitation that the caller has locked and may see */
export async function changePerson(trx: Trx, target: Target, id: string, change: PersonChange): Promise<void> {
  const { custom, groups, courses, email } = change
  const values = {
    email: email?.address,
    email_key: email?.key,
    first_name: change.firstName,
    last_name: change.lastName,
    company_id: change.company,
    cohort_id: change.cohort,
    language: change.language,
    job_role: change.jobRole,
    region: change.region,
    description: change.description,
    label: change.label,
    permission_set_id: change.permissionSet,
    enabled: change.enabled,
  }
  const sets = Object.entries(values).flatMap(([column, value]) =>
    value === undefined ? [] : [sql`${sql.ref(column)} = ${value}`],
  )
  if (custom) {
    sets.push(sql`custom = (custom - ${custom.remove}::text[]) || ${JSON.stringify(custom.set)}::jsonb`)
  }
  await sql`UPDATE ${sql.table(target.people)} SET ${sql.join([...sets, sql`updated_at = now()`])}
    WHERE id = ${id}`.execute(trx)
  if (groups) await setMembers(trx, [target.groups, target.key, 'group_id'], id, groups)
  if (courses) await setMembers(trx, [target.courses, target.key, 'course_id'], id, courses)
  if (email) await endLinks(trx, id)
}

/** Replaces the person's groups or courses. */
async function setMembers(trx: Trx, names: [string, string, string], id: string, members: string[]): Promise<void> {
  const [table, person, member] = [sql.table(names[0]), sql.ref(names[1]), sql.ref(names[2])]
  await sql`DELETE FROM ${table} WHERE ${person} = ${id} AND ${member} <> ALL (${members}::uuid[])`.execute(trx)
  await sql`INSERT INTO ${table} (${person}, ${member}) SELECT ${id}::uuid, unnest(${members}::uuid[])
    ON CONFLICT DO NOTHING`.execute(trx)
}

/** Ends live links, because each opens the account to a reader of the mailbox that it was sent to. */
async function endLinks(trx: Trx, id: string): Promise<void> {
  await sql`UPDATE activation_links SET ended_at = ${clock}
    WHERE person_id = ${id} AND used_at IS NULL AND ended_at IS NULL AND expired_at IS NULL`.execute(trx)
}

/**
 * Deletes an invitation, ends its links and supersedes its queued e-mails. An e-mail that is being sent arrives with a
 * link that does not work.
 *
 * @returns whether the invitation existed
 */
export async function removeInvitation(trx: Trx, id: string): Promise<boolean> {
  const { rows } = await sql`SELECT FROM invitations WHERE id = ${id} FOR UPDATE`.execute(trx)
  if (rows.length === 0) return false
  await supersedeEmails(trx, sql`ARRAY[${id}::uuid]`)
  await endLinks(trx, id)
  await sql`DELETE FROM invitations WHERE id = ${id}`.execute(trx)
  return true
}
