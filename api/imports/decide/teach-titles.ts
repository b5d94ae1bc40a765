import { type NewAlias, upsertAlias } from '../../../db/catalogue/title-aliases.ts'
import type { Trx } from '../../../db/core/database.ts'
import { companiesInFile, openCourses, titlesInFile } from '../../../db/imports/file-titles.ts'
import type { ImportRecord } from '../../../db/imports/imports.ts'
import { recordTaught } from '../../../db/imports/timeline.ts'
import { looseTitle } from '../../../domain/people/title.ts'
import { ApiProblem, invalidRequest } from '../../http/problems.ts'

/** "This title means that course", as a person says it. */
export interface WantedAlias {
  title: string
  /** Id, or the name as it stands in the file. */
  company: string
  course: string
  once?: boolean | undefined
}

type Meant = NewAlias & { at: number }
type FieldError = { path: string; message: string }

/**
 * Teaches what titles of an import's file mean, all of them or, where one is not right, none. Call it in a transaction.
 *
 * @throws ApiProblem 409 when the import takes no titles now, 422 naming everything that is wrong by its index
 */
export async function teachTitles(trx: Trx, entry: ImportRecord, wanted: WantedAlias[], by: string): Promise<void> {
  if (!mayTeach(entry)) {
    const when = 'Titles are taught to an import that was rejected for them, is in review, or was a dry run.'
    throw new ApiProblem('cannot-teach', `The import is ${entry.status}. ${when}`)
  }
  const errors: FieldError[] = []
  const meant = await withCompanies(trx, entry.id, wanted, by, errors)
  await checkTitles(trx, entry.id, meant, errors)
  await checkCourses(trx, meant, errors)
  checkContradictions(meant, errors)
  if (errors.length > 0) throw invalidRequest(errors.sort((a, b) => indexOf(a) - indexOf(b)))
  // In one order everywhere: two people who teach the same titles wait for each other instead of for ever.
  for (const { at: _, ...alias } of meant.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))) await upsertAlias(trx, alias)
  await recordTaught(trx, entry.id, by, meant.length)
}

function mayTeach({ status, problem, options }: ImportRecord): boolean {
  if (status === 'rejected') return problem?.code === 'unmatched-titles'
  return status === 'review' || (status === 'completed' && options.dryRun)
}

async function withCompanies(
  trx: Trx,
  importId: string,
  wanted: WantedAlias[],
  createdBy: string,
  errors: FieldError[],
) {
  const known = await companiesInFile(trx, importId, [...new Set(wanted.map(({ company }) => company))])
  const byName = new Map(known.map(({ name, id }) => [name, id]))
  const ids = new Set(byName.values())
  return wanted.flatMap(({ company, title, course, once }, at): Meant[] => {
    const id = company.toLowerCase()
    const companyId = byName.get(company) ?? (ids.has(id) ? id : null)
    if (companyId) {
      return [{ at, companyId, title, courseId: course.toLowerCase(), importId: once ? importId : null, createdBy }]
    }
    errors.push({ path: `aliases.${at}.company`, message: 'the file names no such company' })
    return []
  })
}

async function checkTitles(trx: Trx, importId: string, meant: Meant[], errors: FieldError[]): Promise<void> {
  const found = await titlesInFile(trx, importId, [...new Set(meant.map(({ title }) => title))])
  const inFile = new Set(found.map(({ companyId, title }) => `${companyId} ${title}`))
  for (const { at, companyId, title } of meant) {
    if (inFile.has(`${companyId} ${title}`)) continue
    errors.push({ path: `aliases.${at}.title`, message: 'the file has no such title for this company' })
  }
}

async function checkCourses(trx: Trx, meant: Meant[], errors: FieldError[]): Promise<void> {
  const companies = [...new Set(meant.map(({ companyId }) => companyId))]
  const ids = [...new Set(meant.map(({ courseId }) => courseId))]
  const titles = [...new Set(meant.map(({ title }) => title))]
  const courses = await openCourses(trx, companies, ids, titles)
  const open = new Set(courses.map(({ companyId, courseId }) => `${companyId} ${courseId}`))
  const named = new Map<string, string[]>()
  for (const { companyId, title, courseId } of courses) {
    const key = `${companyId} ${title}`
    named.set(key, [...(named.get(key) ?? []), courseId])
  }
  for (const { at, companyId, title, courseId } of meant) {
    const [exact, another] = named.get(`${companyId} ${title}`) ?? []
    if (!open.has(`${companyId} ${courseId}`)) {
      errors.push({ path: `aliases.${at}.course`, message: 'the company may use no such course' })
    } else if (exact && !another && exact !== courseId) {
      errors.push({
        path: `aliases.${at}.title`,
        message: 'another course has exactly this title, which always counts',
      })
    }
  }
}

/** The same title twice, in spellings that are loosely the same, must mean the same course. */
function checkContradictions(meant: Meant[], errors: FieldError[]): void {
  const first = new Map<string, Meant>()
  for (const alias of meant) {
    const before = first.get(keyOf(alias))
    if (!before) first.set(keyOf(alias), alias)
    else if (before.courseId !== alias.courseId) {
      const message = `means another course in aliases.${before.at}`
      errors.push({ path: `aliases.${alias.at}.title`, message })
    }
  }
}

const keyOf = ({ companyId, title, importId }: Meant) => `${companyId} ${importId ?? ''} ${looseTitle(title)}`

const indexOf = ({ path }: FieldError) => Number(path.split('.')[1])
