import { type RawBuilder, sql } from 'kysely'
import type { Plan } from '../../../domain/imports/counts.ts'
import { enrolsExisting } from '../../../domain/imports/options.ts'
import type { Trx } from '../../core/database.ts'
import { groupRules, groupsDiffer, groupsOf } from '../../people/groups.ts'
import { invitations, type Target, users } from '../../people/target.ts'
import { getsGeneratedPassword, matchInPlan } from '../../people/write/generated-password.ts'
import { anyDiffers, fingerprint, personValues } from '../../people/write/values.ts'
import { emailOf, type ImportSettings, rowsWithNames, setsNewPassword } from '../../people/write/writing.ts'
import { coursesOfRow, titlesOfRow } from '../rows/row-courses.ts'

/** Gives rows with two spellings of one course the number of the first spelling. Otherwise the course would count twice. */
export async function mergeSpellings(trx: Trx, importId: string): Promise<void> {
  await sql`
    WITH
    -- A title that is another spelling of the course of first, for the same company.
    spelling AS (
      SELECT title.ref, course.first FROM import_refs title JOIN
        (SELECT company_ref, resolved_id, min(ref) AS first FROM import_refs
          WHERE import_id = ${importId} AND kind = 'title' AND resolved_id IS NOT NULL
          GROUP BY company_ref, resolved_id HAVING count(*) > 1) course
        ON course.company_ref = title.company_ref AND course.resolved_id = title.resolved_id
       WHERE title.import_id = ${importId} AND title.kind = 'title' AND title.ref <> course.first
    )
    UPDATE import_rows source SET titles = ARRAY(
        SELECT DISTINCT coalesce(spelling.first, named.ref)
          FROM unnest(source.titles) AS named (ref) LEFT JOIN spelling ON spelling.ref = named.ref)
     WHERE source.import_id = ${importId} AND source.titles && ARRAY(SELECT ref FROM spelling)
       AND EXISTS (SELECT FROM spelling)`.execute(trx)
}

/** Deletes new groups that only rows with errors name. They would have no members. */
export async function forgetUnusedGroups(trx: Trx, importId: string): Promise<void> {
  await sql`
    DELETE FROM import_refs WHERE import_id = ${importId} AND kind = 'group' AND resolved_id IS NULL
       AND ref NOT IN (SELECT unnest(source.groups) FROM import_rows source
                        WHERE source.import_id = ${importId} AND source.errors IS NULL)`.execute(trx)
}

const withoutOutcome = sql`NOT EXISTS
  (SELECT FROM outcomes done WHERE done.import_id = source.import_id AND done.row_no = source.row_no)`

/**
 * Freezes which rows match existing users, and whether these users will change. All other valid rows are new users.
 *
 * @param again true when some rows have been applied. Then only the remaining rows are matched
 */
export async function matchUsers(trx: Trx, importId: string, settings: ImportSettings, again = false): Promise<void> {
  const { options } = settings
  const left = again ? withoutOutcome : sql`true`
  await sql`DELETE FROM import_matches source WHERE source.import_id = ${importId} AND ${left}`.execute(trx)
  for (const target of [users, invitations]) {
    await sql`
      INSERT INTO import_matches (import_id, row_no, user_id, action, invited, seen)
      SELECT source.import_id, source.row_no, person.id, ${actionFor(settings, target)}, ${sql.lit(target.invited)},
             ${options.review ? personSeen(settings, target) : sql`NULL::uuid`}
        FROM ${rowsWithNames} source JOIN ${sql.table(target.people)} person ON person.email_key = source.email_key
       WHERE source.import_id = ${importId} AND source.errors IS NULL AND ${left}
      ON CONFLICT DO NOTHING`.execute(trx)
  }
  await sql`ANALYZE import_matches`.execute(trx)
}

function actionFor({ options, fields }: ImportSettings, target: Target): RawBuilder<unknown> {
  if (options.existing === 'skip') return sql`'skip'`
  const groups = groupRules(options, fields)
  const tests = [
    target.invited ? sql`false` : setsNewPassword(options),
    anyDiffers(personValues(options, fields)),
    groups ? groupsDiffer(groups, target) : sql`false`,
  ]
  return sql`CASE WHEN ${sql.join(tests, sql` OR `)} THEN 'update' ELSE 'skip' END`
}

/**
 * Fingerprint of everything that the plan shows about the user `person`: the values that the row `source` changes, groups,
 * new courses, and whether a generated password is sent. For unchanged users it covers no values.
 */
export function personSeen(settings: ImportSettings, target: Target): RawBuilder<unknown> {
  const { options, fields } = settings
  const updates = options.existing === 'update'
  const seen = [
    ...(updates ? [fingerprint(personValues(options, fields))] : []),
    ...(updates && groupRules(options, fields) ? [groupsOf(target, sql`person.id`)] : []),
    ...(emailOf(settings).toExisting ? [sql`person.enabled`] : []),
    ...(enrolsExisting(options) ? [coursesTaken(target)] : []),
  ]
  return sql`md5(ROW(${sql.join(seen)})::text)::uuid`
}

/** Courses of the row `source` in which `person` is already enrolled, in a fixed order. */
function coursesTaken({ courses, key }: Target): RawBuilder<unknown> {
  return sql`ARRAY(SELECT enrolment.course_id FROM ${sql.table(courses)} enrolment
    WHERE enrolment.${sql.ref(key)} = person.id AND enrolment.course_id IN (${coursesOfRow})
    ORDER BY enrolment.course_id)`
}

/** Counts what apply will do. */
export async function countPlan(trx: Trx, importId: string, settings: ImportSettings): Promise<Plan> {
  const { options } = settings
  const { toNew, toExisting } = emailOf(settings)
  const { rows } = await sql<Record<'fresh' | 'update' | 'skip' | 'invalid' | 'toNew' | 'toExisting', number>>`
    SELECT count(*) FILTER (WHERE valid AND action IS NULL)::int AS fresh,
           count(*) FILTER (WHERE action = 'update')::int AS update,
           count(*) FILTER (WHERE action = 'skip')::int AS skip,
           count(*) FILTER (WHERE NOT valid)::int AS invalid,
           count(*) FILTER (WHERE valid AND action IS NULL AND enabled)::int AS "toNew",
           count(*) FILTER (WHERE gets_password)::int AS "toExisting"
      FROM (SELECT source.errors IS NULL AS valid, coalesce(source.enabled, true) AS enabled, match.action,
                   ${toExisting ? getsGeneratedPassword(matchInPlan) : sql.lit(false)} AS gets_password
              FROM import_rows source
              LEFT JOIN import_matches match ON match.import_id = source.import_id AND match.row_no = source.row_no
               AND source.errors IS NULL
             WHERE source.import_id = ${importId}) planned`.execute(trx)
  const [counted] = rows
  if (!counted) throw new Error('An aggregate without GROUP BY gives one row.')
  const { fresh, update, skip, invalid } = counted
  const invites = options.mode === 'invite'
  return {
    create: invites ? 0 : fresh,
    invite: invites ? fresh : 0,
    update,
    skip,
    invalid,
    assignments: await countAssignments(trx, importId, settings),
    emails: (toNew ? counted.toNew : 0) + counted.toExisting,
  }
}

/** Rows with errors. */
export async function countInvalid(trx: Trx, importId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('import_rows')
    .where('import_id', '=', importId)
    .where('errors', 'is not', null)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Counts new enrolments: the courses of the rows and of the options, each once for each user. */
async function countAssignments(trx: Trx, importId: string, { options }: ImportSettings): Promise<number> {
  const forAll = sql`(SELECT count(*) FROM import_courses WHERE import_id = ${importId})`
  const inBoth = sql`(SELECT count(*) FROM ${titlesOfRow(sql`source.import_id`)}
    JOIN import_courses for_all ON for_all.import_id = source.import_id AND for_all.course_id = title.resolved_id)`
  const own = sql`cardinality(source.titles)`
  const each = options.enrol ? sql`${own} + ${forAll} - ${inBoth}` : own
  const fresh = await sql<{ count: number }>`
    SELECT coalesce(sum(${each}), 0)::int AS count FROM import_rows source
     WHERE source.import_id = ${importId} AND source.errors IS NULL AND NOT EXISTS
       (SELECT FROM import_matches match WHERE match.import_id = source.import_id AND match.row_no = source.row_no)`.execute(
    trx,
  )
  if (!enrolsExisting(options)) return fresh.rows[0]?.count ?? 0
  const existing = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM import_matches match
      JOIN import_rows source ON source.import_id = match.import_id AND source.row_no = match.row_no
     CROSS JOIN LATERAL (${coursesOfRow}) course
     WHERE match.import_id = ${importId}
       AND NOT EXISTS (SELECT FROM enrolments taken
                        WHERE taken.user_id = match.user_id AND taken.course_id = course.course_id)
       AND NOT EXISTS (SELECT FROM invitation_courses taken WHERE match.invited
                          AND taken.invitation_id = match.user_id AND taken.course_id = course.course_id)`.execute(trx)
  return (fresh.rows[0]?.count ?? 0) + (existing.rows[0]?.count ?? 0)
}
