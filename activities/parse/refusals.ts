import { MAX_REFERENCES } from '../../domain/limits.ts'
import { type Problem, problem } from '../../domain/problem.ts'
import { FileProblem } from '../../reading/index.ts'

/** The file is refused: a result, not a failure. Carries what the person who uploaded it is told. */
export class Refused extends Error {
  readonly problem: Problem

  constructor(refusal: Problem) {
    super(refusal.code)
    this.problem = refusal
  }
}

/** Turns what the reader says of a file into a refusal; every other error passes through. */
export async function orRefuse<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    throw refusalOf(error)
  }
}

/** The same for an iteration that may meet the problem late in the file. */
export async function* refusing<T>(records: AsyncIterable<T>): AsyncIterable<T> {
  try {
    yield* records
  } catch (error) {
    throw refusalOf(error)
  }
}

function refusalOf(error: unknown): unknown {
  if (!(error instanceof FileProblem)) return error
  const { code, row, column, found, expected } = error
  return new Refused(
    problem(code, 422, 'The file cannot be read', error.message, {
      row: row ?? null,
      column: column ?? null,
      found: found ?? null,
      expected: expected ?? null,
    }),
  )
}

export function tooManyNames(): Problem {
  return problem(
    'too-many-names',
    422,
    'The file names too many different things',
    `The file names more than ${MAX_REFERENCES} different companies, cohorts, groups and course titles. Split it.`,
  )
}

export function noRecords(): Problem {
  return problem('no-records', 422, 'The file has no people', 'The file has a header row and nothing below it.')
}

export function unknownTemplate(id: string): Problem {
  return problem('unknown-template', 422, 'Unknown template', `There is no template “${id}”.`)
}
