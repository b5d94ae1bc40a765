import { MAX_PROBLEM_ENTRIES, MAX_REFERENCES } from '../../domain/limits.ts'
import { type HeaderError, type Problem, problem } from '../../domain/problem.ts'
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

export function headersRefused(errors: HeaderError[]): Problem {
  const detail =
    `The header row does not fit the template: ${errors.map(sentence).slice(0, 5).join(' ')}` +
    (errors.length > 5 ? ` And ${errors.length - 5} more.` : '')
  return problem('invalid-headers', 422, 'The headers do not fit the template', detail, {
    headers: errors.slice(0, MAX_PROBLEM_ENTRIES),
  })
}

function sentence({ found, expected, column, reason }: HeaderError): string {
  switch (reason) {
    case 'missing':
      return `Column “${expected}” is missing.`
    case 'spelling':
      return `Column ${column} is “${found}” and should be “${expected}”.`
    case 'duplicate':
      return `Column ${column}, “${found}”, stands twice.`
    case 'unknown':
      return `Column ${column}, “${found}”, is not part of the template.`
    case 'position':
      return `Column ${column} is “${found}” where “${expected}” belongs.`
  }
}

export function tooManyNames(): Problem {
  return problem(
    'too-many-names',
    422,
    'The file names too many different things',
    `The file names more than ${MAX_REFERENCES} different companies, cohorts and course titles. Split it.`,
  )
}

export function noRecords(): Problem {
  return problem('no-records', 422, 'The file has no people', 'The file has a header row and nothing below it.')
}

export function unknownTemplate(id: string): Problem {
  return problem('unknown-template', 422, 'Unknown template', `There is no template “${id}”.`)
}
