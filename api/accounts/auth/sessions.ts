import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { deleteSession, findAccount, takeCode } from '../../../db/accounts/accounts.ts'
import { parseEmail } from '../../../domain/people/email.ts'
import type { Caller } from '../../http/caller.ts'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'
import { ApiProblem, type ProblemCode } from '../../http/problems.ts'
import { ask } from './ask.ts'
import { type ConsoleAuth, cookieNames } from './console-auth.ts'
import { onlyCookie, passCookies } from './cookies.ts'
import type { Limits } from './limits.ts'
import { requireSameOrigin } from './same-origin.ts'

/** A session ends after seven days, even when it is in use. */
const MAX_SESSION_MS = 7 * 86_400_000

/** Looked up in place of an invalid address. No account has it, and the response takes as long as any other. */
const UNKNOWN_ADDRESS = 'nobody@account.invalid'

type Ctx = Context<AppEnv>

/** Signs administrators in and out, and finds the administrator of a request. */
export interface Sessions {
  /** @returns the administrator whose session the request sends, or null without a valid session */
  callerOf(c: Ctx): Promise<Caller | null>
  /** @returns the id of the administrator, or null when the second factor is required next */
  signIn(c: Ctx, email: string, password: string): Promise<string | null>
  /** Verifies a code of the second factor or a backup code. @returns the id of the administrator */
  secondFactor(c: Ctx, code: string): Promise<string>
  signOut(c: Ctx): Promise<void>
}

export function createSessions({ db, config }: ApiDeps, auth: ConsoleAuth, limits: Limits): Sessions {
  const names = cookieNames(config)

  /** Ends the session of a request, to sign out or before a new sign-in replaces it. */
  const end = async (c: Ctx): Promise<void> => {
    if (getCookie(c, names.session) === undefined) return
    const { headers } = await ask(
      () => auth.api.signOut({ headers: onlyCookie(c, names.session), returnHeaders: true }),
      {},
    )
    passCookies(c, headers, names)
  }

  return {
    async callerOf(c) {
      if (getCookie(c, names.session) === undefined) return null
      requireSameOrigin(c, config.PUBLIC_URL, { strict: true })
      const { response: found, headers } = await ask(
        () => auth.api.getSession({ headers: onlyCookie(c, names.session), returnHeaders: true }),
        {},
      )
      if (!found) return null
      if (Date.now() - found.session.createdAt.getTime() > MAX_SESSION_MS) {
        await end(c)
        return null
      }
      const account = await findAccount(db, found.user.id)
      if (!account || account.disabledAt !== null) return null
      passCookies(c, headers, names)
      const { id, name, companies, email } = account
      return { keyId: null, accountId: id, name, prefix: 'account', companies, contact: email }
    },

    async signIn(c, text, password) {
      const email = parseEmail(text)?.key ?? UNKNOWN_ADDRESS
      limits.address(c)
      limits.account(email)
      const { response, headers } = await ask(
        () => auth.api.signInEmail({ body: { email, password }, headers: new Headers(), returnHeaders: true }),
        wrongCredentials,
      )
      limits.succeeded(email)
      await end(c)
      passCookies(c, headers, names)
      return 'user' in response ? response.user.id : null
    },

    async secondFactor(c, text) {
      limits.address(c)
      const code = text.replace(/\s/g, '')
      const headers = onlyCookie(c, names.secondFactor)
      const isTotp = /^\d{6}$/.test(code)
      const { response, headers: answered } = isTotp
        ? await ask(() => auth.api.verifyTOTP({ body: { code }, headers, returnHeaders: true }), wrongCode)
        : await ask(() => auth.api.verifyBackupCode({ body: { code }, headers, returnHeaders: true }), wrongCode)
      const { id } = response.user
      if (isTotp && !(await takeCode(db, id, code))) {
        await deleteSession(db, response.token ?? '')
        throw new ApiProblem('sign-in-expired', 'This code was already used. Sign in again and wait for the next code.')
      }
      passCookies(c, answered, names)
      return id
    },

    signOut: end,
  }
}

/** One response for every failure, so that a visitor cannot find out which accounts exist. */
const wrong: readonly [ProblemCode, string] = [
  'wrong-credentials',
  'No administrator has this address and password, or the administrator is disabled.',
]
const wrongCredentials = {
  INVALID_EMAIL_OR_PASSWORD: wrong,
  INVALID_EMAIL: wrong,
  PASSWORD_TOO_LONG: wrong,
  FAILED_TO_CREATE_SESSION: wrong,
}

const expired: readonly [ProblemCode, string] = ['sign-in-expired', 'The sign-in took too long. Sign in again.']
const invalid: readonly [ProblemCode, string] = [
  'wrong-code',
  'This is neither the current code nor an unused backup code.',
]
const wrongCode = {
  INVALID_TWO_FACTOR_COOKIE: expired,
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: ['sign-in-expired', 'Too many wrong codes. Sign in again.'],
  ACCOUNT_TEMPORARILY_LOCKED: ['rate-limited', 'Too many wrong codes for this account. Wait 15 minutes.'],
  TOTP_NOT_ENABLED: expired,
  BACKUP_CODES_NOT_ENABLED: expired,
  FAILED_TO_CREATE_SESSION: expired,
  INVALID_CODE: invalid,
  INVALID_BACKUP_CODE: invalid,
} as const
