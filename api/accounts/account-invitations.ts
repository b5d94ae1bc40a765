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

/** Every answer about a forgotten password takes this long, so that its time tells nothing about the address. */
const FORGOTTEN_MS = 300

/** Minutes between two letters to one address. */
const LETTER_MINUTES = 5

const base = { tags: ['Accounts'], security: [] }
const pathToken = z.object({ token: z.string().openapi({ param: { name: 'token', in: 'path' } }) })

const look = createRoute({
  ...base,
  method: 'get',
  path: '/account-invitations/{token}',
  summary: 'Look at the link to a password',
  description: 'Uses nothing up. For invitations and for forgotten passwords alike; the page is `/accept/{token}`.',
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
      'Whose link it is.',
    ),
    ...problems(404, 410, 429),
  },
})

const accept = createRoute({
  ...base,
  method: 'post',
  path: '/account-invitations/{token}',
  summary: 'Choose the password that a link is for',
  description: 'The link works once. All sessions of the account end; sign in with the new password.',
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
  summary: 'Ask for a new password',
  description: 'The answer is the same whether there is such an account or not. Its link works for an hour.',
  request: jsonBody(z.strictObject({ email: accountEmailSchema })),
  responses: {
    202: { description: 'If there is such an account, it gets a letter.' },
    ...problems(400, 413, 422, 429),
  },
})

/** What people do who cannot sign in yet, or no longer; for everybody, so mounted before a caller is asked for. */
export function accountInvitationRoutes(deps: ApiDeps, { links, limits }: Accounts) {
  const { db, config, log } = deps
  const app = new OpenAPIHono<AppEnv>()
  app.use('/account-invitations/*', smallBodies)
  app.use('/account/forgotten', smallBodies)

  const live = async (token: string) => {
    const link = isToken(token) ? await findAccountLink(db, hashToken(token)) : undefined
    if (!link) throw new ApiProblem('not-found', 'There is no such link.')
    if (link.state !== 'live') throw closed(link.state)
    return link
  }

  /** A link for whoever has an account with a password; nothing for anybody else, or too soon. */
  const linkFor = (email: string) =>
    inTransactionWithRetries(db, async (trx) => {
      const account = await findAccountByEmail(trx, email)
      if (!account?.active || account.disabledAt !== null) return null
      await lockAccount(trx, account.id)
      if (await recentLink(trx, account.id, 'password', LETTER_MINUTES)) return null
      return links.make(trx, account.id, 'password')
    })

  return app
    .openapi(look, async (c) => {
      limits.address(c)
      const { kind, name, email, expiresAt } = await live(c.req.valid('param').token)
      return c.json({ kind, name, email, expiresAt: expiresAt.toISOString() }, 200)
    })
    .openapi(accept, async (c) => {
      requireSameOrigin(c, config.PUBLIC_URL, { strict: false })
      limits.address(c)
      const { token } = c.req.valid('param')
      const { password, name } = c.req.valid('json')
      const link = await live(token)
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
      if (state !== 'live') throw closed(state)
      return c.body(null, 204)
    })
    .openapi(forgotten, async (c) => {
      requireSameOrigin(c, config.PUBLIC_URL, { strict: false })
      limits.address(c)
      const { email } = c.req.valid('json')
      const [link] = await Promise.all([linkFor(email), sleep(FORGOTTEN_MS)])
      // Not awaited: how long Temporal takes would tell that there is such an account.
      if (link) {
        startLetter(deps, link.id).catch((error: Error) => {
          log.warn({ link: link.id, reason: error.name }, 'letter not started yet, the dispatcher will')
        })
      }
      return c.body(null, 202)
    })
}

function closed(state: 'used' | 'ended' | 'expired'): ApiProblem {
  if (state === 'used') return new ApiProblem('link-used', 'This link was used already: sign in with your password.')
  if (state === 'ended') return new ApiProblem('link-replaced', 'A newer link was sent: look for the latest letter.')
  return new ApiProblem('link-expired', 'This link has run out: ask for a new one.')
}
