import { type RawBuilder, sql } from 'kysely'
import type { ImportOptions } from '../../../domain/imports/options.ts'
import type { Trx } from '../../core/database.ts'
import type { EmailKind } from '../../tables/mail.ts'
import { type GroupRules, groupsOf } from '../groups.ts'
import { invitations, type Target, users } from '../target.ts'
import { anyDiffers, beforeImage, type PersonValue } from './values.ts'

/** What becomes of the people in `todo`. */
export interface Writing {
  /** Noted beside enrolments and outcomes, and the mailing of the e-mails. */
  importId: string | null
  /**
   * Query of the people to write: `row_no`, `email`, `email_key` and the value columns of a person (`custom` and
   * `enabled` may be null), and for whom is there already `person_id`, `invited` and `action`; what `groups.wanted` and
   * `courses` need beside them.
   */
  todo: RawBuilder<unknown>
  /** Some of `todo` are invitations, or will be. Left out otherwise: an empty half of the statement is not free. */
  withInvitations: boolean
  mode: ImportOptions['mode']
  language: string
  permissionSet: string | null
  values: PersonValue[]
  groups: GroupRules | null
  /** Query over `todo` of what each is enrolled into: `row_no, course_id, collection_id, campaign_id`. */
  courses: RawBuilder<unknown>
  enrolsExisting: boolean
  password: PasswordWriting
  email: EmailWriting
}

export interface PasswordWriting {
  /** The one for all; null: none is set here. */
  hash: string | null
  forceReset: boolean
  /** People there already get it as well. */
  existing: boolean
}

export interface EmailWriting {
  /** To new people who are enabled; null: none. */
  toNew: EmailKind | null
  /** To those who were there and are enabled; null: none. */
  toExisting: EmailKind | null
  deliverTo: string | null
  message: string | null
}

export interface Written {
  created: number
  invited: number
  updated: number
  skipped: number
  assignments: number
  emails: number
}

/**
 * Writes people, groups, outcomes with before-images, enrolments and e-mails in one statement, because each step needs
 * the rows that the one before it returned; a temporary table for them would cost entries in the catalogue with every
 * batch. New people are inserted in the order of their addresses, so that two imports of the same people wait for each
 * other instead of deadlocking (HAZARDS 12). Whoever came into being meanwhile gets no outcome here.
 *
 * Groups that somebody joins and leaves are decided by one snapshot: what the person had before the statement.
 */
export async function writePeople(trx: Trx, writing: Writing): Promise<Written> {
  const targets = writing.withInvitations ? [users, invitations] : [users]
  const steps = [
    sql`todo AS MATERIALIZED (${writing.todo})`,
    sql`added AS (${added(writing)})`,
    ...targets.map((target) => sql`${part('changed', target)} AS (${changed(writing, target)})`),
    ...targets.flatMap((target) => (writing.groups ? membershipsOfExisting(writing.groups, target) : [])),
    sql`done AS (${outcomes(writing, targets)})`,
    ...(writing.groups ? [sql`joined_new AS (${membershipsOfNew(writing, writing.groups)})`] : []),
    ...targets.map((target) => sql`${part('enrolled', target)} AS (${enrolled(writing, target)})`),
    sql`mailed AS (${mailed(writing)})`,
  ]
  const assignments = targets.map((target) => sql`(SELECT count(*) FROM ${part('enrolled', target)})`)
  const { rows } = await sql<Written>`
    WITH ${sql.join(steps)}
    SELECT count(*) FILTER (WHERE outcome = 'created')::int AS created,
           count(*) FILTER (WHERE outcome = 'invited')::int AS invited,
           count(*) FILTER (WHERE outcome = 'updated')::int AS updated,
           count(*) FILTER (WHERE outcome = 'skipped')::int AS skipped,
           (${sql.join(assignments, sql` + `)})::int AS assignments, (SELECT count(*) FROM mailed)::int AS emails
      FROM done`.execute(trx)
  return rows[0] ?? { created: 0, invited: 0, updated: 0, skipped: 0, assignments: 0, emails: 0 }
}

const part = (name: string, target: Target) => sql.ref(`${name}_${target.people}`)
const homeOf = ({ mode }: Pick<Writing, 'mode'>) => (mode === 'invite' ? invitations : users)

/** New people. Addresses are unique in each of the two tables; the other one is asked, row by row, whatever the planner thinks. */
function added(writing: Writing): RawBuilder<unknown> {
  const home = homeOf(writing)
  const { language, permissionSet, password, importId } = writing
  const elsewhere = home.invited ? users : invitations
  const own = home.invited
    ? { columns: sql`import_id`, values: sql`${importId}::uuid` }
    : {
        columns: sql`password_hash, activated_at, must_change_password`,
        values: password.hash
          ? sql`${password.hash}::text, now(), ${password.forceReset}::boolean`
          : sql`NULL::text, NULL::timestamptz, false`,
      }
  return sql`
    INSERT INTO ${sql.table(home.people)} (email, email_key, first_name, last_name, company_id, cohort_id, language,
      job_role, region, description, label, permission_set_id, custom, enabled, ${own.columns})
    SELECT t.email, t.email_key, coalesce(t.first_name, ''), t.last_name, t.company_id, t.cohort_id,
           coalesce(t.language, ${language}::text), t.job_role, t.region, t.description, t.label,
           ${permissionSet}::uuid, coalesce(t.custom, '{}'), coalesce(t.enabled, true), ${own.values}
      FROM todo t LEFT JOIN LATERAL
        (SELECT true AS there FROM ${sql.table(elsewhere.people)} x WHERE x.email_key = t.email_key LIMIT 1) x ON true
     WHERE t.action IS NULL AND x.there IS NULL ORDER BY t.email_key
    ON CONFLICT (email_key) DO NOTHING
    RETURNING id, email_key`
}

/** Values of people who are there. The password is no value: nobody is shown what it was. */
function changed({ values, password }: Writing, target: Target): RawBuilder<unknown> {
  const set = values.map(({ column, value }) => sql`${sql.ref(column)} = ${value}`)
  const sets = target.invited || !password.existing || password.hash === null ? [] : passwordSet(password)
  const all = sets.length > 0 ? sql`true` : anyDiffers(values)
  return sql`
    UPDATE ${sql.table(target.people)} u SET ${sql.join([...set, ...sets, sql`updated_at = now()`])}
      FROM todo r
     WHERE u.id = r.person_id AND r.action = 'update' AND r.invited = ${target.invited} AND ${all}
    RETURNING u.id, r.row_no, ${beforeImage(values)} AS before`
}

function passwordSet({ hash, forceReset }: PasswordWriting): RawBuilder<unknown>[] {
  return [
    sql`password_hash = ${hash}`,
    sql`activated_at = coalesce(u.activated_at, now())`,
    sql`must_change_password = ${forceReset}`,
  ]
}

/** Joins and leaves of people who are there, each with the rows that it touched. */
function membershipsOfExisting({ mode, wanted, decides }: GroupRules, target: Target): RawBuilder<unknown>[] {
  const { groups, key } = target
  const table = sql.table(groups)
  const mine = sql`r.action = 'update' AND r.invited = ${target.invited}`
  const joins = sql`
    INSERT INTO ${table} (${sql.ref(key)}, group_id)
    SELECT DISTINCT r.person_id, g FROM todo r CROSS JOIN unnest(${wanted}) AS g WHERE ${mine} AND g IS NOT NULL ORDER BY 1, 2
    ON CONFLICT DO NOTHING RETURNING ${sql.ref(key)} AS id`
  const leaves = (test: RawBuilder<unknown>) => sql`
    DELETE FROM ${table} o USING todo r
     WHERE o.${sql.ref(key)} = r.person_id AND ${mine} AND ${test} RETURNING o.${sql.ref(key)} AS id`
  const none = sql`SELECT NULL::uuid AS id WHERE false`
  const steps = {
    add: [joins, none],
    remove: [none, leaves(sql`o.group_id = ANY (${wanted})`)],
    replace: [joins, leaves(sql`${decides} AND o.group_id <> ALL (${wanted})`)],
  }[mode]
  return [sql`${part('joined', target)} AS (${steps[0]})`, sql`${part('left', target)} AS (${steps[1]})`]
}

/** One outcome a person: new, changed (a value or a group, or a new password) or left as it was. */
function outcomes(writing: Writing, targets: readonly Target[]): RawBuilder<unknown> {
  const { importId, groups, mode } = writing
  const outcome = mode === 'invite' ? 'invited' : 'created'
  const all = (name: string, columns: RawBuilder<unknown>) =>
    sql.join(
      targets.map((target) => sql`SELECT ${columns} FROM ${part(name, target)}`),
      sql` UNION ALL `,
    )
  const moved = groups ? sql`t.person_id IN (${all('joined', sql`id`)} UNION ALL ${all('left', sql`id`)})` : sql`false`
  // A generated password changes hands with its e-mail; the row says so now.
  const renewed = writing.email.toExisting === 'password' ? getsNewPassword : sql`false`
  const people = sql`
    SELECT t.row_no, ${outcome} AS outcome, a.id AS person_id, NULL::jsonb AS before
      FROM todo t JOIN added a ON a.email_key = t.email_key
    UNION ALL
    SELECT t.row_no, CASE WHEN x.id IS NOT NULL OR ${moved} OR ${renewed} THEN 'updated' ELSE 'skipped' END, t.person_id,
           ${groups ? sql`CASE WHEN ${moved} THEN coalesce(x.before, '{}') || ${groupsBefore(targets)} ELSE x.before END` : sql`x.before`}
      FROM todo t LEFT JOIN (${all('changed', sql`id, row_no, before`)}) x ON x.row_no = t.row_no
     WHERE t.action IS NOT NULL`
  if (importId === null) return people
  return sql`
    INSERT INTO outcomes (import_id, row_no, outcome, user_id, before)
    SELECT ${importId}::uuid, row_no, outcome, person_id, before FROM (${people}) p
    RETURNING row_no, outcome, user_id AS person_id`
}

function groupsBefore(targets: readonly Target[]): RawBuilder<unknown> {
  const own = targets.map((target) => groupsOf(target, sql`t.person_id`))
  return sql`jsonb_build_object('groups', ${sql.join(own, sql` || `)})`
}

/** Nobody who is new can leave a group: `remove` gives them none. */
function membershipsOfNew(writing: Writing, { mode, wanted }: GroupRules): RawBuilder<unknown> {
  const { groups, key } = homeOf(writing)
  return sql`
    INSERT INTO ${sql.table(groups)} (${sql.ref(key)}, group_id)
    SELECT DISTINCT d.person_id, g FROM done d JOIN todo r ON r.row_no = d.row_no CROSS JOIN unnest(${wanted}) AS g
     WHERE d.outcome IN ('created', 'invited') AND g IS NOT NULL AND ${mode !== 'remove'} ORDER BY 1, 2
    ON CONFLICT DO NOTHING`
}

/** A course that a row names and a collection has is the row's: the nearest reason is the one that is noted. */
function enrolled({ courses, importId, mode, enrolsExisting }: Writing, target: Target): RawBuilder<unknown> {
  const isNew = sql`d.outcome IN ('created', 'invited')`
  const home = target.invited === (mode === 'invite')
  const mine = sql`CASE WHEN ${isNew} THEN ${home} ELSE ${enrolsExisting} AND t.invited = ${target.invited} END`
  return sql`
    INSERT INTO ${sql.table(target.courses)} (${sql.ref(target.key)}, course_id, import_id, collection_id, campaign_id)
    SELECT d.person_id, w.course_id, ${importId}::uuid, w.collection_id, w.campaign_id
      FROM done d JOIN todo t ON t.row_no = d.row_no JOIN (${courses}) w ON w.row_no = d.row_no
     WHERE ${mine} ORDER BY 1, 2, 4 NULLS FIRST, 5 NULLS FIRST
    ON CONFLICT DO NOTHING RETURNING 1`
}

/** Of the users who are there, those that the row leaves or makes enabled: nobody else gets a generated password. */
const getsNewPassword = sql`(t.action = 'update' AND NOT t.invited
  AND coalesce(t.enabled, (SELECT u.enabled FROM users u WHERE u.id = t.person_id)))`

/** Invitations that are there already are never written to again: the user list sends them anew. */
function mailed({ email, importId }: Writing): RawBuilder<unknown> {
  if (importId === null) return sql`SELECT 1 WHERE false`
  return sql`
    INSERT INTO outbox (mailing_id, person_id, kind, deliver_to, message)
    SELECT ${importId}::uuid, d.person_id, CASE WHEN t.action IS NULL THEN ${email.toNew}::text ELSE ${email.toExisting}::text END,
           ${email.deliverTo}::text, ${email.message}::text
      FROM done d JOIN todo t ON t.row_no = d.row_no
     WHERE CASE WHEN t.action IS NULL THEN ${email.toNew !== null} AND coalesce(t.enabled, true)
                ELSE ${email.toExisting !== null} AND ${getsNewPassword} END
    RETURNING 1`
}
