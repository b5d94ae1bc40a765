import { createHash, randomBytes } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import { findAccount } from '../../db/accounts/accounts.ts'
import { findKey, findKeyByHash, type NewKey, touchKey } from '../../db/accounts/api-keys.ts'
import type { Db } from '../../db/core/database.ts'
import type { Sessions } from '../accounts/auth/sessions.ts'
import type { ApiDeps, AppEnv, Caller } from './deps.ts'
import { ApiProblem } from './problems.ts'

/** Characters of a key that name it to people, in lists and logs; the other 256 bits are the secret. */
const PREFIX_BYTES = 6

/**
 * Lets only requests with a living API key through, or those of somebody who is signed in, and says whose they are.
 * Keys carry 256 random bits, so one SHA-256 and an index lookup cost the same for every wrong key and give nothing
 * away (ASVS 5.0, 11.4.1 and 6.5.2). Where an `Authorization` header is sent, it alone counts.
 */
export function requireCaller({ db }: Pick<ApiDeps, 'db'>, sessions: Sessions) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const authorization = c.req.header('Authorization')
    const caller = authorization === undefined ? await sessions.callerOf(c) : await callerOfKey(db, authorization)
    if (!caller) throw unauthorized()
    c.set('caller', caller)
    await next()
  })
}

async function callerOfKey(db: Db, authorization: string): Promise<Caller | null> {
  const key = /^Bearer +([\x21-\x7e]+)$/i.exec(authorization)?.[1]
  const found = key === undefined ? undefined : await findKeyByHash(db, hashOf(key))
  if (!found) return null
  const { id, name, prefix, companies, contact, last_used_at: lastUsed } = found
  if (lastUsed === null || Date.now() - lastUsed.getTime() > 60_000) await touchKey(db, id)
  return { keyId: id, accountId: null, name, prefix, companies, contact }
}

/**
 * What a caller may see by now, for answers that take long.
 *
 * @returns null when the key was revoked, or the account disabled or deleted, since it was let in
 */
export async function scopeByNow(db: Db, caller: Caller): Promise<Pick<Caller, 'companies'> | null> {
  if (caller.keyId !== null) return (await findKey(db, caller.keyId)) ?? null
  const account = caller.accountId === null ? undefined : await findAccount(db, caller.accountId)
  return account && account.disabledAt === null ? account : null
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

/** A new key: what is shown once, and what is stored. */
export function makeKey(): { key: string } & Pick<NewKey, 'prefix' | 'hash'> {
  const prefix = randomBytes(PREFIX_BYTES).toString('base64url').replace(/[-_]/g, 'x')
  const key = `mk_${prefix}_${randomBytes(32).toString('base64url')}`
  return { key, prefix: `mk_${prefix}`, hash: hashOf(key) }
}

/** How a key of the configuration is named: its own prefix when it has one, never more than eight characters of it. */
export function describeKey(key: string): Pick<NewKey, 'prefix' | 'hash'> {
  const prefix = /^mk_[A-Za-z0-9]{8}(?=_)/.exec(key)?.[0] ?? 'configured'
  return { prefix, hash: hashOf(key) }
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}

/** RFC 6750, section 3. */
function unauthorized(): ApiProblem {
  return new ApiProblem(
    'unauthorized',
    'Send an API key that is not revoked as “Authorization: Bearer <key>”, or sign in.',
    {},
    { 'WWW-Authenticate': 'Bearer realm="muster"' },
  )
}
