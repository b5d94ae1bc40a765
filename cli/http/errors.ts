import type { Problem } from '../types.ts'

/** The command was called in a way it does not understand: exit code 2. */
export class UsageError extends Error {}

/** The API refused a request and said why. */
export class ApiProblem extends Error {
  readonly problem: Problem
  readonly requestId: string | null
  /** Milliseconds after which the API may be asked again; 0 when it does not say. */
  readonly retryAfter: number
  /** 1 unless the command that asked knows better. */
  exitCode = 1

  constructor(problem: Problem, requestId: string | null, retryAfter = 0) {
    super(problem.title)
    this.problem = problem
    this.requestId = requestId
    this.retryAfter = retryAfter
  }
}

/** Nobody answers at the API's address, or not as an API does. The message is a sentence for a person. */
export class Unreachable extends Error {}
