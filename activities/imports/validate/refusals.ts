import type { Trx } from '../../../db/core/database.ts'
import type { ClosedCourse, MissingChoice } from '../../../db/imports/validate/choices.ts'
import { MAX_PROBLEM_ENTRIES } from '../../../domain/imports/limits.ts'
import { type Problem, problem, type UnmatchedTitle } from '../../../domain/problems/problem.ts'

/** Course titles are all or nothing: one that no course answers to refuses the file, and all of them are told. */
export function unmatchedTitles(unmatched: UnmatchedTitle[]): Problem {
  const distinct = new Set(unmatched.map(({ title }) => title)).size
  const titles = distinct === 1 ? '1 course title is' : `${distinct} course titles are`
  const detail = `${titles} not known. Nothing was written. Correct the titles in the file, or create the courses or teach what the titles mean and check again.`
  return problem('unmatched-titles', 422, 'Course titles are not known', detail, {
    count: unmatched.length,
    unmatchedTitles: unmatched.slice(0, MAX_PROBLEM_ENTRIES),
  })
}

/** `invalidRows: reject`: one bad row refuses the file. */
export async function invalidRows(trx: Trx, importId: string, count: number): Promise<Problem> {
  const rows = await trx
    .selectFrom('import_rows')
    .where('import_id', '=', importId)
    .where('errors', 'is not', null)
    .select(['row_no as row', 'errors'])
    .orderBy('row_no')
    .limit(MAX_PROBLEM_ENTRIES)
    .execute()
  const has = count === 1 ? '1 row has errors' : `${count} rows have errors`
  const detail = `${has}, and this import was asked to refuse files with errors. Nothing was written.`
  return problem('invalid-rows', 422, 'Rows have errors', detail, { count, rows })
}

/** What the import was told to use was deleted after it had been posted. */
export function choicesGone(missing: MissingChoice[]): Problem {
  const named = missing.map(({ option, id }) => `${option}: ${id}`).slice(0, 5)
  const detail =
    `The options name what is no longer there: ${named.join(', ')}${missing.length > 5 ? ', …' : ''}. ` +
    'Nothing was written. Start the import again with other choices.'
  return problem('choices-gone', 422, 'What the options name is gone', detail, { missing })
}

/** Courses for everybody that not everybody's company may use. All or nothing, as with titles. */
export function closedCourses(closed: ClosedCourse[]): Problem {
  const named = closed
    .map(
      ({ title, company }) => `${title === null ? 'a course of a collection or campaign' : `“${title}”`} (${company})`,
    )
    .slice(0, 5)
  const detail =
    `Courses of “enrol” are not open to every company of the file: ${named.join(', ')}${closed.length > 5 ? ', …' : ''}. ` +
    'Nothing was written. Give the companies access, or leave the courses out.'
  return problem('enrol-not-available', 422, 'Courses are not open to every company', detail, {
    count: closed.length,
    courses: closed.slice(0, MAX_PROBLEM_ENTRIES),
  })
}
