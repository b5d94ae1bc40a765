import { MAX_PROBLEM_ENTRIES } from '../imports/limits.ts'
import { type CellError, type Problem, problem, type UnmatchedTitle } from './problem.ts'

/** The most items that the detail of a problem names. Its lists name up to MAX_PROBLEM_ENTRIES. */
const MAX_NAMED = 5

/** A choice of the options that was deleted after the import was posted. */
export interface MissingChoice {
  option: string
  id: string
}

/** A course of the option `enrol` that a company may not use. */
export interface ClosedCourse {
  /** Null, like its title, when no company in the scope of the import may use the course. */
  course: string | null
  title: string | null
  /** Ids of the collection or campaign that contains the course, when the option does not name the course itself. */
  collection: string | null
  campaign: string | null
  company: string
}

/** Course titles are all or nothing. One title without a course rejects the file, and the problem lists all of them. */
export function unmatchedTitles(unmatched: UnmatchedTitle[]): Problem {
  const distinct = new Set(unmatched.map(({ title }) => title)).size
  const titles = distinct === 1 ? '1 course title is' : `${distinct} course titles are`
  const detail = `${titles} not known. Nothing was written. Correct the titles in the file, or create the courses or teach what the titles mean and check again.`
  return problem('unmatched-titles', 422, 'Course titles are not known', detail, {
    count: unmatched.length,
    unmatchedTitles: unmatched.slice(0, MAX_PROBLEM_ENTRIES),
  })
}

/**
 * Returns the problem of a file with invalid rows and `invalidRows: reject`. One such row rejects the file.
 *
 * @param rows the first rows with errors, at most MAX_PROBLEM_ENTRIES
 * @param count all rows with errors
 */
export function invalidRows(rows: { row: number; errors: CellError[] | null }[], count: number): Problem {
  const has = count === 1 ? '1 row has errors' : `${count} rows have errors`
  const detail = `${has}, and this import rejects a file with errors. Nothing was written.`
  return problem('invalid-rows', 422, 'Rows have errors', detail, { count, rows })
}

export function choicesGone(missing: MissingChoice[]): Problem {
  const named = missing.map(({ option, id }) => `${option}: ${id}`).slice(0, MAX_NAMED)
  const detail =
    `These choices of the options no longer exist: ${named.join(', ')}${missing.length > MAX_NAMED ? ', …' : ''}. ` +
    'Nothing was written. Start the import again with other choices.'
  return problem('choices-gone', 422, 'A choice of the options no longer exists', detail, { missing })
}

/** Courses for every row are all or nothing, like titles. One closed course rejects the file. */
export function closedCourses(closed: ClosedCourse[]): Problem {
  const named = closed
    .map(
      ({ title, company }) => `${title === null ? 'a course of a collection or campaign' : `“${title}”`} (${company})`,
    )
    .slice(0, MAX_NAMED)
  const detail =
    `Courses of “enrol” are not open to every company of the file: ${named.join(', ')}${closed.length > MAX_NAMED ? ', …' : ''}. ` +
    'Nothing was written. Give the companies access, or leave the courses out.'
  return problem('enrol-not-available', 422, 'Courses are not open to every company', detail, {
    count: closed.length,
    courses: closed.slice(0, MAX_PROBLEM_ENTRIES),
  })
}
