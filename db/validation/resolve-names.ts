import { sql } from 'kysely'
import type { UnmatchedTitle } from '../../domain/problem.ts'
import { TitleIndex } from '../../domain/title.ts'
import type { Trx } from '../database.ts'

/**
 * Finds the company, cohort or group behind each name of the file, exactly as written. Companies outside `scope` do not
 * exist for this import (invariant 9).
 */
export async function resolveNames(trx: Trx, importId: string, scope: string[] | null): Promise<void> {
  await sql`UPDATE import_refs SET resolved_id = NULL WHERE import_id = ${importId}`.execute(trx)
  await sql`
    UPDATE import_refs n SET resolved_id = c.id FROM companies c
     WHERE n.import_id = ${importId} AND n.kind = 'company' AND c.name = n.name
       AND (${scope}::uuid[] IS NULL OR c.id = ANY (${scope}::uuid[]))`.execute(trx)
  await sql`
    UPDATE import_refs n SET resolved_id = k.id FROM import_refs c, cohorts k
     WHERE n.import_id = ${importId} AND n.kind = 'cohort' AND c.import_id = n.import_id AND c.ref = n.company_ref
       AND k.company_id = c.resolved_id AND k.name = n.name`.execute(trx)
  await sql`
    UPDATE import_refs n SET resolved_id = g.id FROM groups g
     WHERE n.import_id = ${importId} AND n.kind = 'group' AND g.name = n.name`.execute(trx)
}

interface TitleRef {
  ref: number
  title: string
  company: string
  companyId: string
  rowCount: number
  firstRows: number[]
}

/**
 * Matches every title of the file among the courses of its company, once per distinct pair, and stores the courses.
 *
 * @returns every title that no course answers to, in the order of the file: one of them rejects the import
 */
export async function resolveTitles(trx: Trx, importId: string, scope: string[] | null): Promise<UnmatchedTitle[]> {
  const titles = await titleRefs(trx, importId)
  const unmatched: UnmatchedTitle[] = []
  const matched: { ref: number; course: string }[] = []
  const indexes = new Map<string, TitleIndex>()
  for (const title of titles) {
    const index = indexes.get(title.companyId) ?? (await courseIndex(trx, title.companyId))
    indexes.set(title.companyId, index)
    const match = index.match(title.title)
    if (match.course) matched.push({ ref: title.ref, course: match.course.id })
    else unmatched.push(describe(title, match.reason, index.suggest(title.title)))
  }
  await sql`
    UPDATE import_refs n SET resolved_id = m.course FROM
      unnest(${matched.map((m) => m.ref)}::int[], ${matched.map((m) => m.course)}::uuid[]) AS m(ref, course)
     WHERE n.import_id = ${importId} AND n.ref = m.ref`.execute(trx)
  return scope === null ? markUnavailable(trx, unmatched) : unmatched
}

async function titleRefs(trx: Trx, importId: string): Promise<TitleRef[]> {
  const { rows } = await sql<TitleRef>`
    SELECT t.ref, t.name AS title, c.name AS company, c.resolved_id AS "companyId", t.row_count AS "rowCount",
           t.first_rows AS "firstRows"
      FROM import_refs t JOIN import_refs c ON c.import_id = t.import_id AND c.ref = t.company_ref
     WHERE t.import_id = ${importId} AND t.kind = 'title' AND c.resolved_id IS NOT NULL ORDER BY t.ref`.execute(trx)
  return rows
}

async function courseIndex(trx: Trx, companyId: string): Promise<TitleIndex> {
  const courses = await trx
    .selectFrom('company_courses')
    .innerJoin('courses', 'courses.id', 'company_courses.course_id')
    .where('company_courses.company_id', '=', companyId)
    .select(['courses.id', 'courses.title'])
    .execute()
  return new TitleIndex(courses)
}

function describe(title: TitleRef, reason: UnmatchedTitle['reason'], suggestions: string[]): UnmatchedTitle {
  const rows = { count: title.rowCount, first: title.firstRows }
  return { title: title.title, company: title.company, rows, reason, suggestions }
}

/**
 * Tells "nobody has such a course" from "this company has no access to it", which an administrator of the platform
 * mends with one click; other titles would only mislead. Not for a key of some companies: to it, courses of others do not exist (invariant 9).
 */
async function markUnavailable(trx: Trx, unmatched: UnmatchedTitle[]): Promise<UnmatchedTitle[]> {
  const unknown = unmatched.filter(({ reason }) => reason === 'unknown').map(({ title }) => title)
  if (unknown.length === 0) return unmatched
  const { rows } = await sql<{ title: string }>`
    SELECT title FROM courses WHERE title = ANY (${unknown})`.execute(trx)
  const there = new Set(rows.map(({ title }) => title))
  return unmatched.map((entry) =>
    entry.reason === 'unknown' && there.has(entry.title)
      ? { ...entry, reason: 'not-available', suggestions: [] }
      : entry,
  )
}
