import { MAX_REFERENCES } from '../imports/limits.ts'
import { type Problem, problem } from './problem.ts'

/** The fields of the reader's `FileProblem` (reading/file-problem.ts). */
interface Unreadable {
  code: string
  message: string
  row?: number
  column?: string
  found?: string
  expected?: string
}

/** Returns the problem of a file that cannot be read: it is not a table, is damaged or exceeds a limit. */
export function fileUnreadable({ code, message, row, column, found, expected }: Unreadable): Problem {
  return problem(code, 422, 'The file cannot be read', message, {
    row: row ?? null,
    column: column ?? null,
    found: found ?? null,
    expected: expected ?? null,
  })
}

export function noRecords(): Problem {
  return problem('no-records', 422, 'The file has no people', 'The file has a header row and nothing below it.')
}

export function tooManyNames(): Problem {
  return problem(
    'too-many-names',
    422,
    'The file names too many different things',
    `The file names more than ${MAX_REFERENCES} different companies, cohorts, groups and course titles. Split it.`,
  )
}
