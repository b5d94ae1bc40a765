import { fileUnreadable } from '../../../domain/problems/file-problems.ts'
import { type Problem, problem } from '../../../domain/problems/problem.ts'
import { FileProblem } from '../../../reading/index.ts'

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
  return error instanceof FileProblem ? new Refused(fileUnreadable(error)) : error
}

export function unknownTemplate(id: string): Problem {
  return problem('unknown-template', 422, 'Unknown template', `There is no template “${id}”.`)
}
