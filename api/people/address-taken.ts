import type { Trx } from '../../db/core/database.ts'
import { whoHasAddress } from '../../db/people/find/people.ts'
import type { EmailAddress } from '../../domain/people/email.ts'
import type { Caller } from '../http/caller.ts'
import { type ApiProblem, invalidRequest, taken } from '../http/problems.ts'
import type { FieldError } from './read-body.ts'

/**
 * Returns the problem for an address that another user has. For a user outside the caller's companies it reveals
 * nothing, like the error of a row.
 */
export async function addressTaken(
  trx: Trx,
  { address, key }: EmailAddress,
  { companies }: Caller,
): Promise<ApiProblem> {
  const owner = await whoHasAddress(trx, key)
  if (owner && (companies === null || (owner.company !== null && companies.includes(owner.company)))) {
    return taken('email', 'Another user has this e-mail address.', { user: owner.id })
  }
  const message = 'This address cannot be used. Ask an administrator of the platform.'
  const errors: FieldError[] = [{ path: 'email', code: 'email-unavailable', message, value: address }]
  return invalidRequest(errors)
}
