import { endLinks } from '../../../db/accounts/account-links.ts'
import {
  type Account,
  type AccountChange,
  deleteAccount,
  endSessions,
  findAccount,
  lockAdministrators,
  otherAdministrators,
  removeSecondFactor,
  updateAccount,
} from '../../../db/accounts/accounts.ts'
import type { Trx } from '../../../db/core/database.ts'
import type { AccountRole } from '../../../db/tables/accounts.ts'
import { requireKnownCompanies } from '../../catalogue/check-catalogue.ts'
import type { Caller } from '../../http/caller.ts'
import { ApiProblem, invalidRequest, notFound } from '../../http/problems.ts'
import { isId } from '../../http/schemas/common.ts'

/** Changes that an administrator of the platform can make to another administrator. */
export interface RightsChange {
  role?: AccountRole | undefined
  companies?: string[] | undefined
  disabled?: boolean | undefined
  /** false removes the second factor, for an administrator who lost the authenticator and the backup codes. */
  secondFactor?: false | undefined
}

/**
 * Changes the access of another administrator. The change applies from their next request. Disabling ends all their
 * sessions.
 *
 * @throws ApiProblem 404, 409 for the caller's own account and for the last administrator of the platform, 422
 */
export async function changeRights(trx: Trx, id: string, change: RightsChange, caller: Caller): Promise<void> {
  const account = await lockedOther(trx, id, caller)
  const { disabled, secondFactor } = change
  const role = change.role ?? account.role
  const companies = change.companies ?? (change.role === undefined ? account.companies : null)
  const rights = await checkedRights(trx, { role, companies })
  if (disabled || role !== 'platform') await requireOtherAdministrator(trx, account)
  const values: AccountChange = { ...rights, ...(disabled === undefined ? {} : { disabled }) }
  await updateAccount(trx, account.id, values)
  if (disabled) await endLinks(trx, account.id)
  if (secondFactor === false) await removeSecondFactor(trx, account.id)
  if (disabled || secondFactor === false) await endSessions(trx, account.id)
}

/**
 * Deletes another administrator.
 *
 * @throws ApiProblem 404, 409 as for changeRights
 */
export async function removeAccount(trx: Trx, id: string, caller: Caller): Promise<void> {
  const account = await lockedOther(trx, id, caller)
  await requireOtherAdministrator(trx, account)
  await endSessions(trx, account.id)
  await deleteAccount(trx, account.id)
}

/**
 * Checks a role with its companies.
 *
 * @throws ApiProblem 422 when the role and the companies do not fit, or a company does not exist
 */
export async function checkedRights(
  trx: Trx,
  { role, companies }: { role: AccountRole; companies: string[] | null },
): Promise<{ role: AccountRole; companies: string[] | null }> {
  if (role === 'platform') {
    if (companies === null) return { role, companies }
    throw invalidRequest([
      { path: 'companies', message: 'an administrator of the platform cannot be limited to companies' },
    ])
  }
  if (companies === null) throw invalidRequest([{ path: 'companies', message: 'expected at least one company' }])
  await requireKnownCompanies(trx, companies, null)
  return { role, companies }
}

async function lockedOther(trx: Trx, id: string, caller: Caller): Promise<Account> {
  if (!isId(id)) throw notFound('account')
  if (caller.accountId === id.toLowerCase()) {
    throw new ApiProblem('own-account', 'Ask another administrator of the platform to do this.')
  }
  await lockAdministrators(trx)
  const account = await findAccount(trx, id)
  if (!account) throw notFound('account')
  return account
}

/** @throws ApiProblem 409 for the last administrator of the platform who can sign in */
async function requireOtherAdministrator(trx: Trx, account: Account): Promise<void> {
  if (account.role !== 'platform' || (await otherAdministrators(trx, account.id)) > 0) return
  throw new ApiProblem('last-administrator', 'Invite another administrator of the platform first.')
}
