import { sql } from 'kysely'
import type { Plan } from '../../domain/import.ts'
import { enrolsExisting, type ImportOptions } from '../../domain/options.ts'
import type { Trx } from '../database.ts'
import { anyDiffers, personValues, withNames } from '../person-values.ts'

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

/** Freezes which rows are people who are there already, and whether they will change. All other valid rows are new. */
export async function matchUsers(trx: Trx, importId: string, options: ImportOptions, fields: string[]): Promise<void> {
  const action =
    options.existing === 'skip'
      ? sql`'skip'`
      : sql`CASE WHEN ${anyDiffers(personValues(options, fields))} THEN 'update' ELSE 'skip' END`
  await sql`DELETE FROM import_matches WHERE import_id = ${importId}`.execute(trx)
  await sql`
    INSERT INTO import_matches (import_id, row_no, user_id, action)
    SELECT r.import_id, r.row_no, u.id, ${action}
      FROM import_rows r JOIN users u ON u.email_key = r.email_key ${withNames}
     WHERE r.import_id = ${importId} AND r.errors IS NULL`.execute(trx)
  await sql`ANALYZE import_matches`.execute(trx)
}

/** Counts what apply will do. */
export async function countPlan(trx: Trx, importId: string, options: ImportOptions): Promise<Plan> {
  const { rows } = await sql<Omit<Plan, 'assignments' | 'invite'>>`
    SELECT count(*) FILTER (WHERE valid AND action IS NULL)::int AS create,
           count(*) FILTER (WHERE action = 'update')::int AS update,
           count(*) FILTER (WHERE action = 'skip')::int AS skip,
           count(*) FILTER (WHERE NOT valid)::int AS invalid,
           count(*) FILTER (WHERE valid AND action IS NULL AND enabled)::int AS emails
      FROM (SELECT r.errors IS NULL AS valid, r.enabled, m.action FROM import_rows r
              LEFT JOIN import_matches m ON m.import_id = r.import_id AND m.row_no = r.row_no
             WHERE r.import_id = ${importId}) x`.execute(trx)
  const [counted] = rows
  if (!counted) throw new Error('An aggregate without GROUP BY gives one row.')
  const emails = options.sendEmails ? counted.emails : 0
  return { ...counted, invite: 0, emails, assignments: await countAssignments(trx, importId, options) }
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

async function countAssignments(trx: Trx, importId: string, options: ImportOptions): Promise<number> {
  const fresh = await sql<{ count: number }>`
    SELECT coalesce(sum(cardinality(r.titles)), 0)::int AS count FROM import_rows r
     WHERE r.import_id = ${importId} AND r.errors IS NULL AND NOT EXISTS
       (SELECT FROM import_matches m WHERE m.import_id = r.import_id AND m.row_no = r.row_no)`.execute(trx)
  if (!enrolsExisting(options)) return fresh.rows[0]?.count ?? 0
  const existing = await sql<{ count: number }>`
    SELECT count(*)::int AS count
      FROM import_matches m JOIN import_rows r ON r.import_id = m.import_id AND r.row_no = m.row_no
     CROSS JOIN unnest(r.titles) AS title
      JOIN import_refs t ON t.import_id = r.import_id AND t.ref = title
     WHERE m.import_id = ${importId} AND NOT EXISTS
       (SELECT FROM enrolments e WHERE e.user_id = m.user_id AND e.course_id = t.resolved_id)`.execute(trx)
  return (fresh.rows[0]?.count ?? 0) + (existing.rows[0]?.count ?? 0)
}
