import { setTimeout as sleep } from 'node:timers/promises'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { findAccountLink, lockAccount, recentLink, takeAccountLink } from '../../db/accounts/account-links.ts'
import { endSessions, findAccountByEmail, setPassword, updateAccount } from '../../db/accounts/accounts.ts'
import { inTransactionWithRetries } from '../../db/core/retries.ts'
import { hashToken, isToken } from '../../security/link-token.ts'
import type { ApiDeps, AppEnv } from '../http/deps.ts'
import { smallBodies } from '../http/hardening.ts'
import { ApiProblem, notFound } from '../http/problems.ts'
import { json, jsonBody, problems, timeSchema } from '../http/schemas/common.ts'
import { accountEmailSchema, accountNameSchema, newPasswordSchema } from './account-schemas.ts'
import { hashed } from './auth/ask.ts'
import type { Accounts } from './auth/index.ts'
import { requireGoodPassword } from './auth/new-password.ts'
import { requireSameOrigin } from './auth/same-origin.ts'
import { startLetter } from './auth/start-letter.ts'

/** Minimum time of every response about a forgotten password, so that its duration does not reveal who has an account. */
const FORGOTTEN_RESPONSE_MS = 300

/** Minutes between two password e-mails to one address. */
const EMAIL_INTERVAL_MINUTES = 5

const base = { tags: ['Accounts'], security: [] }
const pathToken = z.object({ token: z.string().openapi({ param: { name: 'token', in: 'path' } }) })

const look = createRoute({
  ...base,
  method: 'get',
  path: '/account-invitations/{token}',
  summary: 'Read a password link',
  description:
    'For invitations and for forgotten passwords. Reading a link does not use it. The page is `/accept/{token}`.',
  request: { params: pathToken },
  responses: {
    200: json(
      z
        .object({
          kind: z.enum(['invitation', 'password']),
          name: z.string(),
          email: z.string(),
          expiresAt: timeSchema,
        })
        .openapi('AccountInvitation'),
      'The administrator that the link belongs to.',
    ),
    ...problems(404, 410, 429),
  },
})

const accept = createRoute({
  ...base,
  method: 'post',
  path: '/account-invitations/{token}',
  summary: 'Set a password with a link',
  description: 'The link works once. All sessions of the administrator end. Sign in with the new password.',
  request: {
    params: pathToken,
    ...jsonBody(z.strictObject({ password: newPasswordSchema, name: accountNameSchema.optional() })),
  },
  responses: {
    204: { description: 'The password is set.' },
    ...problems(400, 403, 404, 410, 413, 415, 422, 429),
  },
})

const forgotten = createRoute({
  ...base,
  method: 'post',
  path: '/account/forgotten',
  summary: 'Request a new password',
  description:
    'The response is the same whether or not an administrator has this address. The link in the e-mail works for an hour.',
  request: jsonBody(z.strictObject({ email: accountEmailSchema })),
  responses: {
    202: { description: 'If an administrator has this address, an e-mail is sent.' },
    ...problems(400, 413, 422, 429),
  },
})

/** Password links of administrators who cannot sign in. Mounted before requireCaller, because they need no session. */
export function accountInvitationRoutes(deps: ApiDeps, { links, limits }: Accounts) {
  const { db, config, log } = deps
  const app = new OpenAPIHono<AppEnv>()
  app.use('/account-invitations/*', smallBodies)
  app.use('/account/forgotten', smallBodies)

  const findLive = async (token: string) => {
    const link = isToken(token) ? await findAccountLink(db, hashToken(token)) : undefined
    if (!link) throw new ApiProblem('not-found', 'This link does not exist.')
    if (link.state !== 'live') throw unusable(link.state)
    return link
  }

  /** Makes a link for an active administrator. Returns null for any other address, and within five minutes of the last. */
  const makeLinkFor = (email: string) =>
    inTransactionWithRetries(db, async (trx) => {
      const account = await findAccountByEmail(trx, email)
      if (!account?.active || account.disabledAt !== null) return null
      await lockAccount(trx, account.id)
      if (await recentLink(trx, account.id, 'password', EMAIL_INTERVAL_MINUTES)) return null
      return links.make(trx, account.id, 'password')
    })

  return app
    .openapi(look, async (c) => {
      limits.address(c)
      const { kind, name, email, expiresAt } = await findLive(c.req.valid('param').token)
      return c.json({ kind, name, email, expiresAt: expiresAt.toISOString() }, 200)
    })
    .openapi(accept, async (c) => {
      requireSameOrigin(c, config.PUBLIC_URL, { strict: false })
      limits.address(c)
      const { token } = c.req.valid('param')
      const { password, name } = c.req.valid('json')
      const link = await findLive(token)
      requireGoodPassword(password, { name: name ?? link.name, email: link.email })
      const hash = await hashed(password)
      const state = await inTransactionWithRetries(db, async (trx) => {
        const found = await takeAccountLink(trx, hashToken(token))
        if (found !== 'live') return found
        await setPassword(trx, link.accountId, hash)
        await updateAccount(trx, link.accountId, name === undefined ? {} : { name })
        await endSessions(trx, link.accountId)
        return found
      })
      if (state === null) throw notFound('link')
      if (state !== 'live') throw unusable(state)
      return c.body(null, 204)
    })
    .openapi(forgotten, async (c) => {
      requireSameOrigin(c, config.PUBLIC_URL, { strict: false })
      limits.address(c)
      const { email } = c.req.valid('json')
      const [link] = await Promise.all([makeLinkFor(email), sleep(FORGOTTEN_RESPONSE_MS)])
      // Not awaited, because the time that Temporal takes would reveal that the administrator exists.
      if (link) {
        startLetter(deps, link.id).catch((error: Error) => {
          log.warn(
            { link: link.id, reason: error.name },
            'could not start the account e-mail, the dispatcher will start it',
          )
        })
      }
      return c.body(null, 202)
    })
}

function unusable(state: 'used' | 'ended' | 'expired'): ApiProblem {
  if (state === 'used') return new ApiProblem('link-used', 'This link was already used. Sign in with your password.')
  if (state === 'ended')
    return new ApiProblem('link-replaced', 'A newer link was sent. Use the link in the latest e-mail.')
  return new ApiProblem('link-expired', 'This link expired. Request a new one.')
}
