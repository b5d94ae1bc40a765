import { type RawBuilder, sql } from 'kysely'
import type { Plan } from '../../../domain/imports/counts.ts'
import { enrolsExisting } from '../../../domain/imports/options.ts'
import type { Trx } from '../../core/database.ts'
import { groupRules, groupsDiffer, groupsOf } from '../../people/groups.ts'
import { invitations, type Target, users } from '../../people/target.ts'
import { anyDiffers, fingerprint, personValues } from '../../people/write/values.ts'
import { emailOf, type ImportSettings, rowsWithNames, setsNewPassword } from '../../people/write/writing.ts'

/** Two spellings of one course in one row would be counted as two: such rows get the first spelling's number. */
export async function mergeSpellings(trx: Trx, importId: string): Promise<void> {
  await sql`
    WITH alias AS (
      SELECT t.ref, f.first FROM import_refs t JOIN
        (SELECT company_ref, resolved_id, min(ref) AS first FROM import_refs
          WHERE import_id = ${importId} AND kind = 'title' AND resolved_id IS NOT NULL
          GROUP BY company_ref, resolved_id HAVING count(*) > 1) f
        ON f.company_ref = t.company_ref AND f.resolved_id = t.resolved_id
       WHERE t.import_id = ${importId} AND t.kind = 'title' AND t.ref <> f.first
    )
    UPDATE import_rows r SET titles = ARRAY(
        SELECT DISTINCT coalesce(a.first, t) FROM unnest(r.titles) t LEFT JOIN alias a ON a.ref = t)
     WHERE r.import_id = ${importId} AND r.titles && ARRAY(SELECT ref FROM alias)
       AND EXISTS (SELECT FROM alias)`.execute(trx)
}

/** Groups that are to be made but that only rows with errors name: nobody would be in them. */
export async function forgetUnusedGroups(trx: Trx, importId: string): Promise<void> {
  await sql`
    DELETE FROM import_refs n WHERE n.import_id = ${importId} AND n.kind = 'group' AND n.resolved_id IS NULL
       AND n.ref NOT IN (SELECT unnest(r.groups) FROM import_rows r WHERE r.import_id = ${importId} AND r.errors IS NULL)
    `.execute(trx)
}

const withoutOutcome = sql`NOT EXISTS
  (SELECT FROM outcomes o WHERE o.import_id = r.import_id AND o.row_no = r.row_no)`

/**
 * Freezes which rows are people who are there already, and whether they will change. All other valid rows are new.
 *
 * @param again true: after a part was applied; only what is left is looked at
 */
export async function matchUsers(trx: Trx, importId: string, settings: ImportSettings, again = false): Promise<void> {
  const { options } = settings
  const left = again ? withoutOutcome : sql`true`
  await sql`DELETE FROM import_matches r WHERE r.import_id = ${importId} AND ${left}`.execute(trx)
  for (const target of [users, invitations]) {
    await sql`
      INSERT INTO import_matches (import_id, row_no, user_id, action, invited, seen)
      SELECT r.import_id, r.row_no, u.id, ${actionFor(settings, target)}, ${target.invited},
             ${options.review ? personSeen(settings, target) : sql`NULL::uuid`}
        FROM ${rowsWithNames} r JOIN ${sql.table(target.people)} u ON u.email_key = r.email_key
       WHERE r.import_id = ${importId} AND r.errors IS NULL AND ${left}
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
 * Stands for everything of the person `u` that the plan speaks of: what the row `r` changes, groups, which of its courses
 * are new, whether a generated password goes out. Of people who are left as they are it speaks of no values.
 */
export function personSeen(settings: ImportSettings, target: Target): RawBuilder<unknown> {
  const { options, fields } = settings
  const updates = options.existing === 'update'
  const seen = [
    ...(updates ? [fingerprint(personValues(options, fields))] : []),
    ...(updates && groupRules(options, fields) ? [groupsOf(target, sql`u.id`)] : []),
    ...(emailOf(settings).toExisting ? [sql`u.enabled`] : []),
    ...(enrolsExisting(options) ? [coursesTaken(target)] : []),
  ]
  return sql`md5(ROW(${sql.join(seen)})::text)::uuid`
}

/** Those of the row `r` and of the option `enrol` that the person `u` takes already, in one order. */
function coursesTaken({ courses, key }: Target): RawBuilder<unknown> {
  return sql`ARRAY(SELECT e.course_id FROM ${sql.table(courses)} e
    WHERE e.${sql.ref(key)} = u.id AND e.course_id IN (
      SELECT n.resolved_id FROM unnest(r.titles) AS t JOIN import_refs n ON n.import_id = r.import_id AND n.ref = t
      UNION SELECT c.course_id FROM import_courses c WHERE c.import_id = r.import_id) ORDER BY e.course_id)`
}

const staysEnabled = sql`coalesce(r.enabled, (SELECT u.enabled FROM users u WHERE u.id = m.user_id))`

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
           count(*) FILTER (WHERE action = 'update' AND NOT invited AND stays_enabled)::int AS "toExisting"
      FROM (SELECT r.errors IS NULL AS valid, coalesce(r.enabled, true) AS enabled, m.action, m.invited,
                   ${toExisting ? staysEnabled : sql`true`} AS stays_enabled
              FROM import_rows r
              LEFT JOIN import_matches m ON m.import_id = r.import_id AND m.row_no = r.row_no AND r.errors IS NULL
             WHERE r.import_id = ${importId}) x`.execute(trx)
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
    emails: (toNew ? counted.toNew : 0) + (toExisting ? counted.toExisting : 0),
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

/** Enrolments that will be new: the rows' own courses and those for everybody, each once. */
async function countAssignments(trx: Trx, importId: string, { options }: ImportSettings): Promise<number> {
  const forAll = sql`(SELECT count(*) FROM import_courses e WHERE e.import_id = ${importId})`
  const own = sql`(SELECT count(*) FROM unnest(r.titles) AS t
    JOIN import_refs n ON n.import_id = r.import_id AND n.ref = t
    JOIN import_courses e ON e.import_id = r.import_id AND e.course_id = n.resolved_id)`
  const each = options.enrol ? sql`cardinality(r.titles) + ${forAll} - ${own}` : sql`cardinality(r.titles)`
  const fresh = await sql<{ count: number }>`
    SELECT coalesce(sum(${each}), 0)::int AS count FROM import_rows r
     WHERE r.import_id = ${importId} AND r.errors IS NULL AND NOT EXISTS
       (SELECT FROM import_matches m WHERE m.import_id = r.import_id AND m.row_no = r.row_no)`.execute(trx)
  if (!enrolsExisting(options)) return fresh.rows[0]?.count ?? 0
  const existing = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM import_matches m
      JOIN import_rows r ON r.import_id = m.import_id AND r.row_no = m.row_no
     CROSS JOIN LATERAL (
       SELECT n.resolved_id AS course_id FROM unnest(r.titles) AS t
         JOIN import_refs n ON n.import_id = r.import_id AND n.ref = t
        UNION SELECT e.course_id FROM import_courses e WHERE e.import_id = r.import_id) w
     WHERE m.import_id = ${importId}
       AND NOT EXISTS (SELECT FROM enrolments e WHERE e.user_id = m.user_id AND e.course_id = w.course_id)
       AND NOT EXISTS (SELECT FROM invitation_courses e
                        WHERE m.invited AND e.invitation_id = m.user_id AND e.course_id = w.course_id)`.execute(trx)
  return (fresh.rows[0]?.count ?? 0) + (existing.rows[0]?.count ?? 0)
}
