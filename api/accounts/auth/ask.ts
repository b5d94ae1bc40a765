import { APIError } from 'better-auth/api'
import { hashPassword, PasswordsBusy } from '../../../security/password.ts'
import { ApiProblem, type ProblemCode } from '../../http/problems.ts'

/** What better-auth answers, and the cookies that it sets. */
export interface Answered<T> {
  response: T
  headers: Headers
}

/**
 * Calls better-auth and turns its refusals into our problems; what it does not name is an error of ours or of the
 * database, and stays one.
 *
 * @param refusals our problem for each of its codes
 * @throws ApiProblem for a refusal that is named
 */
export async function ask<T>(
  call: () => Promise<T>,
  refusals: Record<string, readonly [ProblemCode, string]>,
): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof PasswordsBusy) throw passwordsBusy()
    if (!(error instanceof APIError)) throw error
    const code = error.body?.code
    const refusal = code === undefined ? undefined : refusals[code]
    if (refusal) throw new ApiProblem(...refusal)
    throw error.cause ?? error
  }
}

/** @throws ApiProblem 429 when too many passwords wait already */
export async function hashed(password: string): Promise<string> {
  try {
    return await hashPassword(password)
  } catch (error) {
    throw error instanceof PasswordsBusy ? passwordsBusy() : error
  }
}

function passwordsBusy(): ApiProblem {
  return new ApiProblem('rate-limited', 'Too many passwords wait to be hashed just now: send it again.')
}
