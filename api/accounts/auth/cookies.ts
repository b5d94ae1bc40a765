import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { AppEnv } from '../../http/deps.ts'

/**
 * The headers that better-auth sees: one cookie of the request and nothing else, so that a session never steps in for
 * a second factor, and no address or browser is written down.
 */
export function onlyCookie(c: Context<AppEnv>, name: string): Headers {
  const value = getCookie(c, name)
  return new Headers(value === undefined ? {} : { Cookie: `${name}=${encodeURIComponent(value)}` })
}

/** Passes cookies on to the browser: ours, and none that better-auth clears on suspicion. */
export function passCookies(c: Context<AppEnv>, from: Headers, names: { session: string; secondFactor: string }): void {
  for (const cookie of from.getSetCookie()) {
    const name = cookie.slice(0, cookie.indexOf('='))
    if (name === names.session || name === names.secondFactor) c.header('Set-Cookie', cookie, { append: true })
  }
}
