import { sql } from 'kysely'
import type { Db, Trx } from '../core/database.ts'
import { holdsWords, type Page, type Scope } from '../core/page.ts'

/** Courses with the companies that may use them. With a scope: only courses of its companies, and only those companies. */
function visible(db: Db | Trx, scope: Scope) {
  const mine = scope === null ? sql`true` : sql`allowed.company_id = ANY (${scope}::uuid[])`
  const companies = sql<string[]>`ARRAY(SELECT allowed.company_id::text FROM company_courses allowed
    WHERE allowed.course_id = courses.id AND ${mine} ORDER BY allowed.company_id)`
  return db
    .selectFrom('courses')
    .select(['id', 'title', companies.as('companies')])
    .$if(scope !== null, (query) =>
      query.where(
        sql<boolean>`EXISTS (SELECT FROM company_courses allowed WHERE allowed.course_id = courses.id AND ${mine})`,
      ),
    )
}

export function findCourse(db: Db | Trx, id: string, scope: Scope) {
  return visible(db, scope).where('id', '=', id).executeTakeFirst()
}

export interface CourseFilter {
  /** Words of the name. */
  q?: string | undefined
  title?: string | undefined
  company?: string | undefined
}

export function listCourses(db: Db | Trx, scope: Scope, { title, company, q }: CourseFilter, page: Page) {
  let query = visible(db, scope)
  if (title !== undefined) query = query.where('title', '=', title)
  if (q !== undefined) query = query.where(holdsWords(sql.ref('title'), q))
  if (company !== undefined) {
    query = query.where('id', 'in', (eb) =>
      eb
        .selectFrom('company_courses')
        .where('company_id', '=', company)
        .$if(scope !== null, (open) => open.where('company_id', 'in', scope ?? []))
        .select('course_id'),
    )
  }
  if (page.after !== null) query = query.where('id', '>', page.after)
  return query.orderBy('id').limit(page.limit).execute()
}

export async function insertCourse(trx: Trx, title: string, companies: string[]): Promise<string> {
  const { id } = await trx.insertInto('courses').values({ title }).returning('id').executeTakeFirstOrThrow()
  await openCourse(trx, id, companies)
  return id
}

export async function retitleCourse(trx: Trx, id: string, title: string): Promise<void> {
  await trx.updateTable('courses').set({ title }).where('id', '=', id).execute()
}

/** Replaces the companies that may use the course. Existing enrolments stay. */
export async function setCompanies(trx: Trx, id: string, companies: string[]): Promise<void> {
  await trx
    .deleteFrom('company_courses')
    .where('course_id', '=', id)
    .$if(companies.length > 0, (query) => query.where('company_id', 'not in', companies))
    .execute()
  await openCourse(trx, id, companies)
}

async function openCourse(trx: Trx, id: string, companies: string[]): Promise<void> {
  if (companies.length === 0) return
  await trx
    .insertInto('company_courses')
    .values(companies.map((company) => ({ company_id: company, course_id: id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Deletes the companies' permissions for it too. @throws the database's 23503 while a person is enrolled */
export async function deleteCourse(db: Db | Trx, id: string): Promise<void> {
  await db.deleteFrom('courses').where('id', '=', id).execute()
}

/** Returns the `ids` that the company may use. */
export async function coursesOpenTo(db: Db | Trx, companyId: string, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('company_courses')
    .where('company_id', '=', companyId)
    .where('course_id', 'in', ids)
    .select('course_id')
    .execute()
  return new Set(rows.map((row) => row.course_id))
}
