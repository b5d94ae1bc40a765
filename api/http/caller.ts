import { ApiProblem } from './problems.ts'

/** Who asks: an API key, or an account of the console. `companies` null: the whole platform. */
export interface Caller {
  /** null for an account. */
  keyId: string | null
  /** null for a key. */
  accountId: string | null
  name: string
  /** Names the caller where no name of a person may stand: a key's prefix, or `account`. */
  prefix: string
  companies: string[] | null
  /** A key's contact, or an account's own address. */
  contact: string | null
}

/** @throws ApiProblem 403 unless the key or the account is platform-wide */
export function requirePlatform(caller: Caller): void {
  if (caller.companies !== null) {
    throw new ApiProblem(
      'platform-key-required',
      caller.accountId === null
        ? 'This key is limited to companies; a platform-wide key may do this.'
        : 'Your account is limited to companies; an administrator of the platform may do this.',
    )
  }
}

/** @throws ApiProblem 403 for an API key, which has no password, no second factor and no session */
export function requireAccount({ accountId }: Caller): string {
  if (accountId !== null) return accountId
  throw new ApiProblem('account-required', 'An API key has no account: sign in to the console.')
}

/** Who decided something, in words that may stand in a Temporal history: a key's name, an account's id. */
export function auditName({ accountId, name }: Caller): string {
  return accountId === null ? name : `account ${accountId}`
}
