import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { type Account, findAccount, takeCode, updateAccount } from '../../db/accounts/accounts.ts'
import { requireAccount } from '../http/caller.ts'
import type { ApiDeps, AppEnv } from '../http/deps.ts'
import { ApiProblem, notFound, type ProblemCode } from '../http/problems.ts'
import { gone, json, jsonBody, problems } from '../http/schemas/common.ts'
import {
  accountNameSchema,
  codeSchema,
  newPasswordSchema,
  ownAccountJson,
  ownAccountSchema,
  secretSchema,
} from './account-schemas.ts'
import { ask } from './auth/ask.ts'
import { cookieNames } from './auth/console-auth.ts'
import { onlyCookie, passCookies } from './auth/cookies.ts'
import type { Accounts } from './auth/index.ts'
import { requireGoodPassword } from './auth/new-password.ts'

const base = { tags: ['Accounts'], security: [{ session: [] }] }
const withPassword = jsonBody(z.strictObject({ password: secretSchema }))

const read = createRoute({
  ...base,
  method: 'get',
  path: '/account',
  summary: 'Read your own account',
  responses: { 200: json(ownAccountSchema, 'The administrator who is signed in.'), ...problems(403) },
})

const change = createRoute({
  ...base,
  method: 'patch',
  path: '/account',
  summary: 'Change your name',
  request: jsonBody(z.strictObject({ name: accountNameSchema })),
  responses: {
    200: json(ownAccountSchema, 'The administrator who is signed in.'),
    ...problems(400, 403, 413, 415, 422),
  },
})

const password = createRoute({
  ...base,
  method: 'post',
  path: '/account/password',
  summary: 'Change your password',
  description: 'Ends all your other sessions.',
  request: jsonBody(z.strictObject({ current: secretSchema, new: newPasswordSchema })),
  responses: { 204: { description: 'The password is changed.' }, ...problems(400, 403, 413, 415, 422, 429) },
})

const beginSecondFactor = createRoute({
  ...base,
  method: 'post',
  path: '/account/second-factor',
  summary: 'Set up a second factor',
  description: 'For an authenticator app. The second factor stays off until you confirm a code of the app.',
  request: withPassword,
  responses: {
    200: json(
      z
        .object({
          uri: z.string().openapi({ description: 'The URI to show as a QR code.', example: 'otpauth://totp/Muster:…' }),
          secret: z.string().openapi({ description: 'The secret of the URI, for manual entry.' }),
        })
        .openapi('SecondFactorSetup'),
      'What the authenticator app needs.',
    ),
    ...problems(400, 403, 409, 413, 415, 422, 429),
  },
})

const confirmSecondFactor = createRoute({
  ...base,
  method: 'post',
  path: '/account/second-factor/confirm',
  summary: 'Turn the second factor on',
  request: jsonBody(z.strictObject({ code: codeSchema })),
  responses: {
    200: json(
      z.object({ backupCodes: z.array(z.string()) }).openapi('BackupCodes'),
      'The second factor is on. Each backup code works once. Only this response contains the backup codes.',
    ),
    ...problems(400, 403, 409, 413, 415, 422, 429),
  },
})

const removeSecondFactor = createRoute({
  ...base,
  method: 'delete',
  path: '/account/second-factor',
  summary: 'Turn the second factor off',
  request: withPassword,
  responses: { 204: gone, ...problems(400, 403, 409, 413, 415, 422, 429) },
})

/** An administrator's own account. Each change that would outlast a stolen session requires the password. */
export function accountRoutes({ db, config }: ApiDeps, { auth, limits }: Accounts) {
  const names = cookieNames(config)
  const findOwn = async (c: Context<AppEnv>): Promise<Account> => {
    const account = await findAccount(db, requireAccount(c.get('caller')))
    if (!account) throw notFound('account')
    return account
  }

  /** Makes one attempt at the password or a code, and passes the cookie of the new session to the browser. */
  const attempt = async <T>(
    c: Context<AppEnv>,
    account: Account,
    call: (session: Headers) => Promise<{ response: T; headers: Headers }>,
  ): Promise<T> => {
    limits.account(account.email)
    const { response, headers } = await ask(() => call(onlyCookie(c, names.session)), refusals)
    limits.succeeded(account.email)
    passCookies(c, headers, names)
    return response
  }

  return new OpenAPIHono<AppEnv>()
    .openapi(read, async (c) => c.json(ownAccountJson(await findOwn(c)), 200))
    .openapi(change, async (c) => {
      const { id } = await findOwn(c)
      await updateAccount(db, id, c.req.valid('json'))
      return c.json(ownAccountJson(await findOwn(c)), 200)
    })
    .openapi(password, async (c) => {
      const account = await findOwn(c)
      const { current: currentPassword, new: newPassword } = c.req.valid('json')
      requireGoodPassword(newPassword, account)
      const body = { currentPassword, newPassword, revokeOtherSessions: true }
      await attempt(c, account, (headers) => auth.api.changePassword({ body, headers, returnHeaders: true }))
      return c.body(null, 204)
    })
    .openapi(beginSecondFactor, async (c) => {
      const account = await findOwn(c)
      if (account.secondFactor)
        throw new ApiProblem('second-factor-on', 'Turn the second factor off before you set up another one.')
      const body = c.req.valid('json')
      const { totpURI: uri = '' } = totpSetup(
        await attempt(c, account, (headers) => auth.api.enableTwoFactor({ body, headers, returnHeaders: true })),
      )
      return c.json({ uri, secret: new URL(uri).searchParams.get('secret') ?? '' }, 200)
    })
    .openapi(confirmSecondFactor, async (c) => {
      const account = await findOwn(c)
      if (account.secondFactor) throw new ApiProblem('second-factor-on', 'The second factor was already confirmed.')
      const body = { code: c.req.valid('json').code.replace(/\s/g, '') }
      await attempt(c, account, (headers) => auth.api.verifyTOTP({ body, headers, returnHeaders: true }))
      await takeCode(db, account.id, body.code)
      const { backupCodes } = await auth.api.viewBackupCodes({ body: { userId: account.id } })
      return c.json({ backupCodes }, 200)
    })
    .openapi(removeSecondFactor, async (c) => {
      const account = await findOwn(c)
      if (!account.secondFactor) throw new ApiProblem('second-factor-off', 'There is no second factor to turn off.')
      const body = c.req.valid('json')
      await attempt(c, account, (headers) => auth.api.disableTwoFactor({ body, headers, returnHeaders: true }))
      return c.body(null, 204)
    })
}

const refusals: Record<string, readonly [ProblemCode, string]> = {
  INVALID_PASSWORD: ['wrong-password', 'This is not your password.'],
  PASSWORD_TOO_LONG: ['wrong-password', 'This is not your password.'],
  INVALID_CODE: ['wrong-code', 'This is not the current code. Check the clock of your device.'],
  TOTP_NOT_ENABLED: ['second-factor-off', 'Set up the second factor first.'],
  TOTP_ALREADY_ENABLED: ['second-factor-on', 'The second factor is already on.'],
  UNAUTHORIZED: ['unauthorized', 'Your session ended. Sign in again.'],
}

/** Narrows the plugin's response to an authenticator app, which is the only method that Muster offers. */
function totpSetup(response: object): { totpURI?: string } {
  return response
}
