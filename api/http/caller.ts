import { ApiProblem } from './problems.ts'

/** The API key or the administrator that sent a request. */
export interface Caller {
  /** null for an administrator. */
  keyId: string | null
  /** null for an API key. */
  accountId: string | null
  name: string
  /** Identifies the caller in logs, which hold no names: the key's prefix, or `account`. */
  prefix: string
  /** Ids of the companies in scope. null is the whole platform. */
  companies: string[] | null
  /** The contact address of a key, or an administrator's own e-mail address. */
  contact: string | null
}

/** @throws ApiProblem 403 unless the key or the administrator is platform-wide */
export function requirePlatform(caller: Caller): void {
  if (caller.companies !== null) {
    throw new ApiProblem(
      'platform-key-required',
      caller.accountId === null
        ? 'This API key is limited to some companies. Use a platform-wide key.'
        : 'You are limited to some companies. Ask an administrator of the platform.',
    )
  }
}

/**
 * Returns the id of the administrator who is signed in.
 *
 * @throws ApiProblem 403 for an API key, which has no password, no second factor and no session
 */
export function requireAccount({ accountId }: Caller): string {
  if (accountId !== null) return accountId
  throw new ApiProblem('account-required', 'An API key is not an administrator. Sign in to the console.')
}

/** Names who made a decision for a Temporal history: the name of a key, or the id of an administrator. */
export function auditName({ accountId, name }: Caller): string {
  return accountId === null ? name : `account ${accountId}`
}
