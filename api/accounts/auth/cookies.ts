import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { AppEnv } from '../../http/deps.ts'

/**
 * Reduces a request to one cookie for better-auth, so that a session never replaces a second factor and better-auth
 * stores no IP address and no browser.
 */
export function onlyCookie(c: Context<AppEnv>, name: string): Headers {
  const value = getCookie(c, name)
  return new Headers(value === undefined ? {} : { Cookie: `${name}=${encodeURIComponent(value)}` })
}

/** Passes Muster's two cookies on to the browser, and none of the others that better-auth sets or clears. */
export function passCookies(c: Context<AppEnv>, from: Headers, names: { session: string; secondFactor: string }): void {
  for (const cookie of from.getSetCookie()) {
    const name = cookie.slice(0, cookie.indexOf('='))
    if (name === names.session || name === names.secondFactor) c.header('Set-Cookie', cookie, { append: true })
  }
}
