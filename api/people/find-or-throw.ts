import type { Db, Trx } from '../../db/core/database.ts'
import { everybody, findPerson, type Kinds, type PersonRecord } from '../../db/people/find/people.ts'
import type { Caller } from '../http/caller.ts'
import { notFound } from '../http/problems.ts'
import { isId } from '../http/schemas/common.ts'

/** Which kinds of users a route serves, and the noun for its problem details. */
export interface Served {
  kinds: Kinds
  what: 'user' | 'invitation'
}

/** Users and invitations. */
export const usersAndInvitations: Served = { kinds: everybody, what: 'user' }

/**
 * Finds a user or an invitation in the caller's scope.
 *
 * @throws ApiProblem 404
 */
export async function findOrThrow(db: Db | Trx, id: string, caller: Caller, served: Served): Promise<PersonRecord> {
  const found = isId(id) ? await findPerson(db, id, caller.companies, served.kinds) : undefined
  if (!found) throw notFound(served.what)
  return found
}
