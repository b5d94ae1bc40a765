import { findAccount } from '../../db/accounts/accounts.ts'
import { findKey } from '../../db/accounts/api-keys.ts'
import type { Db } from '../../db/core/database.ts'
import type { Caller } from '../http/caller.ts'

/**
 * Reads which companies a caller may see now, for streams that stay open while rights change.
 *
 * @returns null when the key was revoked, or the administrator disabled or deleted, since the request began
 */
export async function currentScope(db: Db, caller: Caller): Promise<Pick<Caller, 'companies'> | null> {
  if (caller.keyId !== null) return (await findKey(db, caller.keyId)) ?? null
  const account = caller.accountId === null ? undefined : await findAccount(db, caller.accountId)
  return account && account.disabledAt === null ? account : null
}
