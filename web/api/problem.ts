import type { Problem } from './schema.ts'

export type { Problem }

/** An answer that is a problem, or no answer at all: then its code is `unreachable`. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly problem: Problem
  /** Seconds after which asking again makes sense, where the API says so. */
  readonly retryAfter: number | null

  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.detail)
    this.problem = problem
    this.retryAfter = retryAfter
  }

  get code(): string {
    return this.problem.code
  }

  /** True where the same request may well succeed a moment later. */
  get passing(): boolean {
    return this.code === 'unreachable' || this.problem.status === 503 || this.problem.status === 429
  }
}

/** What a page shows for anything that was thrown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem
  return {
    type: '/problems/console-error',
    title: 'This page stopped working',
    status: 0,
    detail: 'Something in the console failed. What you started goes on. Load the page again.',
    code: 'console-error',
  }
}

export function unreachable(): ApiError {
  return new ApiError({
    type: '/problems/unreachable',
    title: 'Muster cannot be reached',
    status: 0,
    detail: 'Your device is offline, or Muster does not answer. Imports go on by themselves. Try again in a moment.',
    code: 'unreachable',
  })
}

/** @returns the problem of an answer that is not what was asked for */
export async function readProblem(response: Response): Promise<ApiError> {
  const wait = Number(response.headers.get('Retry-After')) || null
  const isProblem = response.headers.get('Content-Type')?.startsWith('application/problem+json')
  if (isProblem) return new ApiError((await response.json()) as Problem, wait)
  // A proxy in between has spoken, not Muster.
  const problem = { ...unreachable().problem, status: response.status }
  return new ApiError(problem, wait)
}
