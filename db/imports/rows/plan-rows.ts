import { sql } from 'kysely'
import type { CellError } from '../../../domain/problems/problem.ts'
import type { Db } from '../../core/database.ts'
import { eachPage } from '../../core/row-pages.ts'
import { groupRules, groupsAfter, groupsDiffer, groupsOf } from '../../people/groups.ts'
import { invitations, type Target, users } from '../../people/target.ts'
import { getsGeneratedPassword, matchInPlan } from '../../people/write/generated-password.ts'
import { differences, personValues } from '../../people/write/values.ts'
import { emailOf, type ImportSettings, rowsWithNames } from '../../people/write/writing.ts'
import { coursesOfRow } from './row-courses.ts'

export const planActions = ['create', 'invite', 'update', 'skip', 'invalid'] as const
export type PlanAction = (typeof planActions)[number]

export interface PlanRow {
  row: number
  action: PlanAction
  /** Why a user is skipped: the options leave existing users unchanged, or the file has no new values for the user. */
  reason: 'already-there' | 'unchanged' | null
  email: string | null
  /** The id of the existing user or invitation. */
  user: string | null
  /** The current value and the one that apply will write, by API field. References are ids. */
  changes: Record<string, { from: unknown; to: unknown }>
  /** Ids of the groups that a new user will be in. */
  groups: string[]
  /** Titles of the courses that the user will newly be enrolled in. */
  courses: string[]
  /** Whether an e-mail will be sent: a link or a password for a new user, a new password for an existing user. */
  sendsEmail: boolean
  /** Whether the import sets a password for the user. */
  setsPassword: boolean
  errors: CellError[]
}

/** Filters next to the action. `courses`: the user is newly enrolled. `email`: an e-mail will be sent. */
export const planGains = ['courses', 'email'] as const
export type PlanGain = (typeof planGains)[number]

export interface PlanWanted {
  action: PlanAction | null
  /** null: rows with and without it. */
  with: PlanGain | null
  /** Rows after this row number. */
  after: number
  limit: number
}

export interface PlannedImport extends ImportSettings {
  id: string
}

/**
 * Returns what apply will do with each row. It uses the SQL expressions that apply uses. Changes are compared with the
 * current values of the users.
 */
export async function planRows(db: Db, planned: PlannedImport, wanted: PlanWanted): Promise<PlanRow[]> {
  const { id, options } = planned
  const fresh = options.mode === 'invite' ? 'invite' : 'create'
  const action = sql`CASE WHEN source.errors IS NOT NULL THEN 'invalid' ELSE coalesce(match.action, ${fresh}::text) END`
  const updates = sql`(source.errors IS NULL AND match.action = 'update')`
  const isNew = sql`(source.errors IS NULL AND match.action IS NULL)`
  const takesCourses = options.existing === 'update' || options.enrolExisting ? sql`source.errors IS NULL` : isNew
  const courses = sql`CASE WHEN ${takesCourses} THEN ${newCourses} ELSE '{}' END`
  const gains = { courses: sql`cardinality(${courses}) > 0`, email: sendsEmail(planned) }
  const { rows } = await sql<PlanRow>`
    SELECT source.row_no AS row, ${action} AS action, source.email, match.user_id AS user,
           CASE WHEN match.action = 'skip' AND source.errors IS NULL
                THEN ${options.existing === 'skip' ? 'already-there' : 'unchanged'}::text END AS reason,
           CASE WHEN ${updates} AND match.invited THEN ${changes(planned, invitations)}
                WHEN ${updates} THEN ${changes(planned, users)} ELSE '{}' END AS changes,
           CASE WHEN ${isNew} THEN ${groupsOfNew(planned)} ELSE '{}' END AS groups,
           ${courses} AS courses,
           coalesce(${sendsEmail(planned)}, false) AS "sendsEmail",
           coalesce(${setsPassword(planned)}, false) AS "setsPassword", coalesce(source.errors, '[]') AS errors
      FROM ${rowsWithNames} source
      LEFT JOIN import_matches match ON match.import_id = source.import_id AND match.row_no = source.row_no
       AND source.errors IS NULL
     WHERE source.import_id = ${id} AND source.row_no > ${wanted.after}
       AND (${wanted.action}::text IS NULL OR ${action} = ${wanted.action}::text)
       AND ${wanted.with === null ? sql`true` : gains[wanted.with]}
     ORDER BY source.row_no LIMIT ${wanted.limit}`.execute(db)
  return rows
}

/** Looks users up one by one, because right after an import the planner expects hardly any users. */
function changes({ options, fields }: PlannedImport, target: Target) {
  const groups = groupRules(options, fields)
  const ofGroups = groups
    ? sql`CASE WHEN ${groupsDiffer(groups, target)} THEN jsonb_build_object('groups', jsonb_build_object(
        'from', ${groupsOf(target, sql`person.id`)}, 'to', ${groupsAfter(groups, target)})) ELSE '{}' END`
    : sql`'{}'::jsonb`
  return sql`coalesce((SELECT ${differences(personValues(options, fields))} || ${ofGroups}
    FROM ${sql.table(target.people)} person WHERE person.id = match.user_id), '{}')`
}

function groupsOfNew({ options, fields }: PlannedImport) {
  const groups = groupRules(options, fields)
  if (!groups || groups.mode === 'remove') return sql`'{}'::uuid[]`
  return sql`ARRAY(SELECT DISTINCT group_id FROM unnest(${groups.wanted}) AS wanted (group_id)
    WHERE group_id IS NOT NULL ORDER BY group_id)`
}

const newCourses = sql`ARRAY(
  SELECT course.title FROM (${coursesOfRow}) planned JOIN courses course ON course.id = planned.course_id
   WHERE NOT EXISTS (SELECT FROM enrolments taken
                      WHERE taken.user_id = match.user_id AND taken.course_id = course.id)
     AND NOT EXISTS (SELECT FROM invitation_courses taken
                      WHERE taken.invitation_id = match.user_id AND taken.course_id = course.id)
   ORDER BY course.title)`

function sendsEmail(planned: PlannedImport) {
  const { toNew, toExisting } = emailOf(planned)
  return sql`CASE WHEN source.errors IS NOT NULL THEN false
    WHEN match.action IS NULL THEN ${sql.lit(toNew !== null)} AND coalesce(source.enabled, true)
    ELSE ${toExisting === null ? sql.lit(false) : getsGeneratedPassword(matchInPlan)} END`
}

/** A generated password is set when its e-mail is sent. The default password is set when the row is applied. */
function setsPassword(planned: PlannedImport) {
  const { passwords, mode } = planned.options
  if (passwords.set === 'activation' || mode === 'invite') return sql`false`
  if (passwords.set === 'generate') return sendsEmail(planned)
  return sql`CASE WHEN source.errors IS NOT NULL THEN false WHEN match.action IS NULL THEN true
    ELSE match.action = 'update' AND NOT match.invited AND ${sql.lit(passwords.updateExisting)} END`
}

/** Returns the whole plan in the order of the file, some thousand rows at a time. */
export function eachPlanRow(db: Db, planned: PlannedImport): AsyncGenerator<PlanRow[]> {
  return eachPage((place) => planRows(db, planned, { action: null, with: null, ...place }))
}
