import { fileUnreadable } from '../../../domain/problems/file-problems.ts'
import { type Problem, problem } from '../../../domain/problems/problem.ts'
import { FileProblem } from '../../../reading/index.ts'

/** The file is rejected: a result of the import and not a failure. Carries the problem that the administrator sees. */
export class Rejection extends Error {
  readonly problem: Problem

  constructor(reason: Problem) {
    super(reason.code)
    this.problem = reason
  }
}

/** Turns a file problem that the reader throws into a rejection. Rethrows every other error. */
export async function orReject<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    throw rejectionOf(error)
  }
}

/** Does the same for records, where the reader can find the problem late in the file. */
export async function* rejecting<T>(records: AsyncIterable<T>): AsyncIterable<T> {
  try {
    yield* records
  } catch (error) {
    throw rejectionOf(error)
  }
}

function rejectionOf(error: unknown): unknown {
  return error instanceof FileProblem ? new Rejection(fileUnreadable(error)) : error
}

export function unknownTemplate(id: string): Problem {
  return problem('unknown-template', 422, 'Unknown template', `There is no template “${id}”.`)
}
