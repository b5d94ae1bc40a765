import { sql } from 'kysely'
import type { Trx } from '../core/database.ts'
import type { Scope } from '../core/page.ts'

/** The tables of sets of courses, each with the column that holds the set's id. */
const members = {
  collections: ['collection_courses', 'collection_id'],
  campaigns: ['campaign_courses', 'campaign_id'],
} as const
type CourseSets = keyof typeof members

/** The courses of a set, as a column of its query. With a scope: only the courses that its companies may use. */
export function coursesOf(sets: CourseSets, scope: Scope) {
  const [table, column] = members[sets]
  const mine =
    scope === null
      ? sql`true`
      : sql`EXISTS (SELECT FROM company_courses allowed
          WHERE allowed.course_id = member.course_id AND allowed.company_id = ANY (${scope}::uuid[]))`
  return sql<string[]>`ARRAY(SELECT member.course_id::text FROM ${sql.table(table)} member
    WHERE member.${sql.ref(column)} = ${sql.ref(`${sets}.id`)} AND ${mine} ORDER BY member.course_id)`
}

/** Replaces the courses of the set. Existing enrolments stay. */
export async function setCoursesOf(trx: Trx, sets: CourseSets, id: string, courses: string[]): Promise<void> {
  const [table, column] = members[sets]
  await sql`DELETE FROM ${sql.table(table)}
    WHERE ${sql.ref(column)} = ${id} AND course_id <> ALL (${courses}::uuid[])`.execute(trx)
  await sql`INSERT INTO ${sql.table(table)} (${sql.ref(column)}, course_id)
    SELECT ${id}::uuid, course_id FROM unnest(${courses}::uuid[]) AS course_id
    ON CONFLICT DO NOTHING`.execute(trx)
}

/** Returns the `ids` that exist, and locks them against deletion until the transaction ends. */
export async function holdCourses(trx: Trx, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await trx.selectFrom('courses').where('id', 'in', ids).select('id').orderBy('id').forKeyShare().execute()
  return new Set(rows.map((row) => row.id))
}
