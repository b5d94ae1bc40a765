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

/** Days after which somebody signs in again, however busy the session is. */
const MAX_SESSION_MS = 7 * 86_400_000

/** Looked up where a text is no address at all: no account has it, and the answer takes as long as any other. */
const NOBODY = 'nobody@account.invalid'

type Ctx = Context<AppEnv>

/** Signing in and out, and whose session a request comes with. */
export interface Sessions {
  /** @returns null when nobody is signed in */
  callerOf(c: Ctx): Promise<Caller | null>
  /** @returns the account's id, or null when its second factor is asked for next */
  signIn(c: Ctx, email: string, password: string): Promise<string | null>
  /** The second factor, or one of the backup codes. @returns the account's id */
  secondFactor(c: Ctx, code: string): Promise<string>
  signOut(c: Ctx): Promise<void>
}

export function createSessions({ db, config }: ApiDeps, auth: ConsoleAuth, limits: Limits): Sessions {
  const names = cookieNames(config)

  /** Ends the session that a request came with: a new sign-in takes its place, and signing out ends it. */
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
      const email = parseEmail(text)?.key ?? NOBODY
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
        throw new ApiProblem('sign-in-expired', 'This code was used already: sign in again and wait for the next one.')
      }
      passCookies(c, answered, names)
      return id
    },

    signOut: end,
  }
}

/** One answer for everything that a stranger could tell accounts by. */
const wrong: readonly [ProblemCode, string] = [
  'wrong-credentials',
  'No account has this address and this password, or it is disabled.',
]
const wrongCredentials = {
  INVALID_EMAIL_OR_PASSWORD: wrong,
  INVALID_EMAIL: wrong,
  PASSWORD_TOO_LONG: wrong,
  FAILED_TO_CREATE_SESSION: wrong,
}

const again: readonly [ProblemCode, string] = ['sign-in-expired', 'The sign-in took too long: begin again.']
const notIt: readonly [ProblemCode, string] = [
  'wrong-code',
  'Neither the code of the moment nor an unused backup code.',
]
const wrongCode = {
  INVALID_TWO_FACTOR_COOKIE: again,
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: ['sign-in-expired', 'Too many wrong codes: sign in again.'],
  ACCOUNT_TEMPORARILY_LOCKED: ['rate-limited', 'Too many wrong codes for this account: wait a quarter of an hour.'],
  TOTP_NOT_ENABLED: again,
  BACKUP_CODES_NOT_ENABLED: again,
  FAILED_TO_CREATE_SESSION: again,
  INVALID_CODE: notIt,
  INVALID_BACKUP_CODE: notIt,
} as const
