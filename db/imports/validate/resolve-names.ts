import { setImmediate as breath } from 'node:timers/promises'
import { sql } from 'kysely'
import { MAX_PROBLEM_ENTRIES } from '../../../domain/imports/limits.ts'
import { type Alias, TitleIndex } from '../../../domain/people/title.ts'
import type { UnmatchedTitle } from '../../../domain/problems/problem.ts'
import type { Trx } from '../../core/database.ts'

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

/** Milliseconds spent on closest titles. The server ends a transaction that is idle for a minute (db/core/database.ts). */
const SUGGESTING = 15_000

/** Milliseconds of work before the event loop gets a turn, so that heartbeats are sent. */
const BREATHLESS = 50

/**
 * Matches each title of the file with the courses and title aliases of its company, once for each distinct pair, and stores
 * the courses. SQL cannot do this, because Muster defines the loose form of a title. For exact titles alone, the planner
 * once took five minutes where this takes seconds (200,000 titles, without fresh statistics).
 *
 * @returns every title without a course, in the order of the file. One such title rejects the import. Entries have
 *   closest titles up to the number that a problem lists, as far as 15 seconds of search allow
 */
export async function resolveTitles(trx: Trx, importId: string, scope: string[] | null): Promise<UnmatchedTitle[]> {
  const titles = await titleRefs(trx, importId)
  const indexes = await titleIndexes(trx, importId, [...new Set(titles.map(({ companyId }) => companyId))])
  const unmatched: UnmatchedTitle[] = []
  const matched: { ref: number; course: string }[] = []
  let breathed = Date.now()
  let suggesting = 0
  for (const title of titles) {
    if (Date.now() - breathed > BREATHLESS) {
      await breath()
      breathed = Date.now()
    }
    const index = indexes.get(title.companyId) ?? noCourses
    const match = index.match(title.title)
    if (match.course) matched.push({ ref: title.ref, course: match.course.id })
    else {
      const asked = Date.now()
      const worthwhile = unmatched.length < MAX_PROBLEM_ENTRIES && suggesting < SUGGESTING
      const suggestions = worthwhile ? index.suggest(title.title) : []
      suggesting += Date.now() - asked
      unmatched.push(describe(title, match.reason, suggestions))
    }
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
     WHERE t.import_id = ${importId} AND t.kind = 'title' AND c.resolved_id IS NOT NULL
     ORDER BY t.ref`.execute(trx)
  return rows
}

const noCourses = new TitleIndex([])

/** Reads the courses and title aliases of all companies in two queries. */
async function titleIndexes(trx: Trx, importId: string, companies: string[]): Promise<Map<string, TitleIndex>> {
  if (companies.length === 0) return new Map()
  const courses = await sql<{ companyId: string; id: string; title: string }>`
    SELECT o.company_id AS "companyId", k.id, k.title FROM company_courses o JOIN courses k ON k.id = o.course_id
     WHERE o.company_id = ANY (${companies}::uuid[])`.execute(trx)
  const aliases = await sql<Alias & { companyId: string }>`
    SELECT company_id AS "companyId", title_key AS key, course_id AS "courseId", import_id IS NOT NULL AS once
      FROM title_aliases
     WHERE company_id = ANY (${companies}::uuid[]) AND (import_id IS NULL OR import_id = ${importId})`.execute(trx)
  const coursesOf = byCompany(courses.rows)
  const aliasesOf = byCompany(aliases.rows)
  return new Map(companies.map((id) => [id, new TitleIndex(coursesOf.get(id) ?? [], aliasesOf.get(id) ?? [])]))
}

function byCompany<Row extends { companyId: string }>(rows: Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.companyId)
    if (group) group.push(row)
    else groups.set(row.companyId, [row])
  }
  return groups
}

function describe(title: TitleRef, reason: UnmatchedTitle['reason'], suggestions: string[]): UnmatchedTitle {
  const rows = { count: title.rowCount, first: title.firstRows }
  return { title: title.title, company: title.company, rows, reason, suggestions }
}

/**
 * Distinguishes a course that does not exist from one that the company has no access to. A platform-wide administrator
 * fixes the latter with one click, so closest titles would only mislead. Not for a caller limited to some companies,
 * because the courses of other companies do not exist for it (invariant 9).
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
