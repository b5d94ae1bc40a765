import { type NewAlias, upsertAlias } from '../../../db/catalogue/title-aliases.ts'
import type { Trx } from '../../../db/core/database.ts'
import { companiesInFile, openCourses, titlesInFile } from '../../../db/imports/file-titles.ts'
import type { ImportRecord } from '../../../db/imports/imports.ts'
import { recordTaught } from '../../../db/imports/timeline.ts'
import { looseTitle } from '../../../domain/people/title.ts'
import { ApiProblem, invalidRequest } from '../../http/problems.ts'

/** A title alias as an administrator sends it. */
export interface RequestedAlias {
  title: string
  /** Id, or the name exactly as in the file. */
  company: string
  course: string
  once?: boolean | undefined
}

type ResolvedAlias = NewAlias & { at: number }
type FieldError = { path: string; message: string }

/**
 * Saves title aliases for an import's file, all of them or, if one is invalid, none. Call it in a transaction.
 *
 * @throws ApiProblem 409 when the import's state does not allow aliases, 422 naming every invalid alias by its index
 */
export async function saveAliases(
  trx: Trx,
  entry: ImportRecord,
  requested: RequestedAlias[],
  by: string,
): Promise<void> {
  if (!acceptsAliases(entry)) {
    const when =
      'You can save title aliases if the import was rejected because of its titles, is in review, or was a dry run.'
    throw new ApiProblem('cannot-teach', `The import is ${entry.status}. ${when}`)
  }
  const errors: FieldError[] = []
  const aliases = await withCompanies(trx, entry.id, requested, by, errors)
  await checkTitles(trx, entry.id, aliases, errors)
  await checkCourses(trx, aliases, errors)
  checkContradictions(aliases, errors)
  if (errors.length > 0) throw invalidRequest(errors.sort((a, b) => indexOf(a) - indexOf(b)))
  // Every request writes in the same order, so that two requests with the same titles wait and do not deadlock.
  for (const { at: _, ...alias } of aliases.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)))
    await upsertAlias(trx, alias)
  await recordTaught(trx, entry.id, by, aliases.length)
}

function acceptsAliases({ status, problem, options }: ImportRecord): boolean {
  if (status === 'rejected') return problem?.code === 'unmatched-titles'
  return status === 'review' || (status === 'completed' && options.dryRun)
}

async function withCompanies(
  trx: Trx,
  importId: string,
  requested: RequestedAlias[],
  createdBy: string,
  errors: FieldError[],
) {
  const known = await companiesInFile(trx, importId, [...new Set(requested.map(({ company }) => company))])
  const byName = new Map(known.map(({ name, id }) => [name, id]))
  const ids = new Set(byName.values())
  return requested.flatMap(({ company, title, course, once }, at): ResolvedAlias[] => {
    const id = company.toLowerCase()
    const companyId = byName.get(company) ?? (ids.has(id) ? id : null)
    if (companyId) {
      return [{ at, companyId, title, courseId: course.toLowerCase(), importId: once ? importId : null, createdBy }]
    }
    errors.push({ path: `aliases.${at}.company`, message: 'no row of the file names this company' })
    return []
  })
}

async function checkTitles(trx: Trx, importId: string, aliases: ResolvedAlias[], errors: FieldError[]): Promise<void> {
  const found = await titlesInFile(trx, importId, [...new Set(aliases.map(({ title }) => title))])
  const inFile = new Set(found.map(({ companyId, title }) => `${companyId} ${title}`))
  for (const { at, companyId, title } of aliases) {
    if (inFile.has(`${companyId} ${title}`)) continue
    errors.push({ path: `aliases.${at}.title`, message: 'the file does not contain this title for this company' })
  }
}

async function checkCourses(trx: Trx, aliases: ResolvedAlias[], errors: FieldError[]): Promise<void> {
  const companies = [...new Set(aliases.map(({ companyId }) => companyId))]
  const ids = [...new Set(aliases.map(({ courseId }) => courseId))]
  const titles = [...new Set(aliases.map(({ title }) => title))]
  const courses = await openCourses(trx, companies, ids, titles)
  const open = new Set(courses.map(({ companyId, courseId }) => `${companyId} ${courseId}`))
  const named = new Map<string, string[]>()
  for (const { companyId, title, courseId } of courses) {
    const key = `${companyId} ${title}`
    named.set(key, [...(named.get(key) ?? []), courseId])
  }
  for (const { at, companyId, title, courseId } of aliases) {
    const [exact, another] = named.get(`${companyId} ${title}`) ?? []
    if (!open.has(`${companyId} ${courseId}`)) {
      errors.push({
        path: `aliases.${at}.course`,
        message: 'this course does not exist or is not available to the company',
      })
    } else if (exact && !another && exact !== courseId) {
      errors.push({
        path: `aliases.${at}.title`,
        message: 'another course has exactly this title, and an exact title always wins',
      })
    }
  }
}

/** Rejects aliases that give two courses to one title. Titles are compared loosely. */
function checkContradictions(aliases: ResolvedAlias[], errors: FieldError[]): void {
  const first = new Map<string, ResolvedAlias>()
  for (const alias of aliases) {
    const before = first.get(keyOf(alias))
    if (!before) first.set(keyOf(alias), alias)
    else if (before.courseId !== alias.courseId) {
      const message = `aliases.${before.at} names another course for this title`
      errors.push({ path: `aliases.${alias.at}.title`, message })
    }
  }
}

const keyOf = ({ companyId, title, importId }: ResolvedAlias) => `${companyId} ${importId ?? ''} ${looseTitle(title)}`

const indexOf = ({ path }: FieldError) => Number(path.split('.')[1])
