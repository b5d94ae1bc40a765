import type { Problem } from '../types.ts'

/** The arguments of the command are invalid: exit code 2. */
export class UsageError extends Error {}

/** The API rejected a request with a problem. */
export class ApiProblem extends Error {
  readonly problem: Problem
  readonly requestId: string | null
  /** Milliseconds to wait before the next request, or 0 when the API gives none. */
  readonly retryAfter: number
  /** 1 unless the command sets a more specific code. */
  exitCode = 1

  constructor(problem: Problem, requestId: string | null, retryAfter = 0) {
    super(problem.title)
    this.problem = problem
    this.requestId = requestId
    this.retryAfter = retryAfter
  }
}

/** No server responds at the API's URL, or the response is not from an API. The message is a full sentence to print. */
export class Unreachable extends Error {}
