import { type RawBuilder, sql } from 'kysely'
import type { Enrol } from '../../domain/imports/options.ts'
import type { Trx } from '../core/database.ts'

/** Query of every course that the options name, with the collection or campaign that names it. */
function namedCourses({ courses, collections, campaigns }: Enrol): RawBuilder<unknown> {
  return sql`
    SELECT 1 AS nearness, id AS course_id, NULL::uuid AS collection_id, NULL::uuid AS campaign_id
      FROM courses WHERE id = ANY (${courses}::uuid[])
    UNION ALL SELECT 2, course_id, collection_id, NULL FROM collection_courses
      WHERE collection_id = ANY (${collections}::uuid[])
    UNION ALL SELECT 3, course_id, NULL, campaign_id FROM campaign_courses
      WHERE campaign_id = ANY (${campaigns}::uuid[])`
}

/**
 * Query of the courses to enrol into (`course_id, collection_id, campaign_id`), each once with the nearest reason: the
 * course itself, then a collection, then a campaign.
 */
export function enrolledCourses(enrol: Enrol): RawBuilder<unknown> {
  return sql`
    SELECT DISTINCT ON (course_id) course_id, collection_id, campaign_id FROM (${namedCourses(enrol)}) named
     ORDER BY course_id, nearness, collection_id, campaign_id`
}

/** A course that a company may not use, with the collection or campaign that names it. */
export interface ClosedEnrolment {
  course: string
  collection: string | null
  campaign: string | null
}

/**
 * Returns the courses that the company may not use, once for each name, and locks the permissions for the others until
 * the transaction ends. People without a company may take all courses.
 */
export async function closedCourses(trx: Trx, company: string | null, enrol: Enrol): Promise<ClosedEnrolment[]> {
  if (company === null) return []
  const { rows } = await sql<ClosedEnrolment>`
    WITH
    -- A course that the options name, once for each name.
    wanted AS MATERIALIZED (${namedCourses(enrol)}),
    -- A course that the company may use, locked.
    held AS MATERIALIZED (
      SELECT course_id FROM company_courses
       WHERE company_id = ${company} AND course_id IN (SELECT course_id FROM wanted)
       ORDER BY course_id FOR SHARE)
    SELECT course_id AS course, collection_id AS collection, campaign_id AS campaign
      FROM wanted WHERE course_id NOT IN (SELECT course_id FROM held) ORDER BY 1`.execute(trx)
  return rows
}
