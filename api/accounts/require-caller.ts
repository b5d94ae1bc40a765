import { createMiddleware } from 'hono/factory'
import { findKeyByHash, touchKey } from '../../db/accounts/api-keys.ts'
import type { Db } from '../../db/core/database.ts'
import type { Caller } from '../http/caller.ts'
import type { ApiDeps, AppEnv } from '../http/deps.ts'
import { ApiProblem } from '../http/problems.ts'
import type { Sessions } from './auth/sessions.ts'
import { hashOfKey } from './key-secret.ts'

/**
 * Requires a valid API key or a session, and sets `caller`. A request with an `Authorization` header is judged by that
 * header alone. Keys have 256 random bits, so one SHA-256 and an index lookup take the same time for every wrong key
 * and reveal nothing (ASVS 5.0, 11.4.1 and 6.5.2).
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

/** A 401 with the challenge that RFC 6750, section 3, requires. */
function unauthorized(): ApiProblem {
  return new ApiProblem(
    'unauthorized',
    'Send a valid API key as “Authorization: Bearer <key>”, or sign in.',
    {},
    { 'WWW-Authenticate': 'Bearer realm="muster"' },
  )
}
