import { APIError } from 'better-auth/api'
import { hashPassword, PasswordsBusy } from '../../../security/password.ts'
import { ApiProblem, type ProblemCode } from '../../http/problems.ts'

/** A response of better-auth and the headers with its cookies. */
export interface Answered<T> {
  response: T
  headers: Headers
}

/**
 * Calls better-auth and turns its errors into problems of the API. An error without a known code comes from Muster or
 * the database and is thrown on unchanged.
 *
 * @param refusals the problem for each error code of better-auth
 * @throws ApiProblem for a known code, and 429 when too many passwords wait to be hashed
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

/**
 * Hashes a password.
 *
 * @throws ApiProblem 429 when too many passwords wait to be hashed
 */
export async function hashed(password: string): Promise<string> {
  try {
    return await hashPassword(password)
  } catch (error) {
    throw error instanceof PasswordsBusy ? passwordsBusy() : error
  }
}

function passwordsBusy(): ApiProblem {
  return new ApiProblem('rate-limited', 'Too many passwords are being hashed. Try again in a few seconds.')
}
