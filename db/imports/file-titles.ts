import { sql } from 'kysely'
import { looseTitle } from '../../domain/people/title.ts'
import type { UnmatchedTitle } from '../../domain/problems/problem.ts'
import type { Db, Trx } from '../core/database.ts'

export interface FileCompany {
  name: string
  id: string
}

/** Finds companies by id or name. Searches only companies that the file names and that the scope of the import covers. */
export async function companiesInFile(db: Db | Trx, importId: string, asked: string[]): Promise<FileCompany[]> {
  const { rows } = await sql<FileCompany>`
    SELECT name, resolved_id AS id FROM import_refs
     WHERE import_id = ${importId} AND kind = 'company' AND resolved_id IS NOT NULL
       AND (name = ANY (${asked}) OR resolved_id::text = ANY (${asked.map((one) => one.toLowerCase())}))`.execute(db)
  return rows
}

export interface CompanyTitle {
  companyId: string
  title: string
}

/** Returns the given titles that the file of an import has, each with its company. */
export async function titlesInFile(db: Db | Trx, importId: string, titles: string[]): Promise<CompanyTitle[]> {
  const { rows } = await sql<CompanyTitle>`
    SELECT c.resolved_id AS "companyId", t.name AS title
      FROM import_refs t JOIN import_refs c ON c.import_id = t.import_id AND c.ref = t.company_ref
     WHERE t.import_id = ${importId} AND t.kind = 'title' AND t.name = ANY (${titles})
       AND c.resolved_id IS NOT NULL`.execute(db)
  return rows
}

export interface OpenCourse extends CompanyTitle {
  courseId: string
}

/** Finds courses by id or exact title. Searches only courses that the companies may use. */
export async function openCourses(db: Db | Trx, companies: string[], ids: string[], titles: string[]) {
  const { rows } = await sql<OpenCourse>`
    SELECT o.company_id AS "companyId", k.id AS "courseId", k.title
      FROM company_courses o JOIN courses k ON k.id = o.course_id
     WHERE o.company_id = ANY (${companies}::uuid[])
       AND (k.id = ANY (${ids}::uuid[]) OR k.title = ANY (${titles}))`.execute(db)
  return rows
}

/** Returns the unmatched titles of an import that have no title alias yet, saved or for this import only. */
export async function stillUnmatched(db: Db | Trx, importId: string, titles: UnmatchedTitle[]) {
  const companies = await companiesInFile(db, importId, [...new Set(titles.map(({ company }) => company))])
  const idOf = new Map(companies.map(({ name, id }) => [name, id]))
  const { rows } = await sql<{ companyId: string; key: string }>`
    SELECT a.company_id AS "companyId", a.title_key AS key
      FROM title_aliases a JOIN company_courses o ON o.company_id = a.company_id AND o.course_id = a.course_id
     WHERE a.company_id = ANY (${[...idOf.values()]}::uuid[])
       AND (a.import_id IS NULL OR a.import_id = ${importId})`.execute(db)
  const taught = new Set(rows.map(({ companyId, key }) => `${companyId} ${key}`))
  return titles.filter(({ company, title }) => !taught.has(`${idOf.get(company)} ${looseTitle(title)}`))
}
