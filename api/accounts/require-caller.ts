import { createMiddleware } from 'hono/factory'
import { findKeyByHash, touchKey } from '../../db/accounts/api-keys.ts'
import type { Db } from '../../db/core/database.ts'
import type { Caller } from '../http/caller.ts'
import type { ApiDeps, AppEnv } from '../http/deps.ts'
import { ApiProblem } from '../http/problems.ts'
import type { Sessions } from './auth/sessions.ts'
import { hashOfKey } from './key-secret.ts'

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
  const found = key === undefined ? undefined : await findKeyByHash(db, hashOfKey(key))
  if (!found) return null
  const { id, name, prefix, companies, contact, last_used_at: lastUsed } = found
  if (lastUsed === null || Date.now() - lastUsed.getTime() > 60_000) await touchKey(db, id)
  return { keyId: id, accountId: null, name, prefix, companies, contact }
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
