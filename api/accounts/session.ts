import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { findAccount } from '../../db/accounts/accounts.ts'
import type { ApiDeps, AppEnv } from '../http/deps.ts'
import { smallBodies } from '../http/hardening.ts'
import { ApiProblem } from '../http/problems.ts'
import { gone, json, jsonBody, problems } from '../http/schemas/common.ts'
import { codeSchema, ownAccountJson, ownAccountSchema, secretSchema } from './account-schemas.ts'
import type { Accounts } from './auth/index.ts'
import { requireSameOrigin } from './auth/same-origin.ts'

const tags = ['Accounts']

const signedInSchema = z
  .object({
    status: z.enum(['signed-in', 'second-factor-required']),
    account: ownAccountSchema.nullable().openapi({ description: 'null until the second factor is verified.' }),
  })
  .openapi('SignedIn')

const signIn = createRoute({
  method: 'post',
  path: '/session',
  tags,
  security: [],
  summary: 'Sign in to the console',
  description:
    'Sets the session cookie. If the administrator has a second factor, it sets a cookie for that step instead. A ' +
    'session ends after 12 hours without a request, and after 7 days in any case. Requests other than GET, HEAD and ' +
    'OPTIONS that send the cookie need the `Origin` of Muster.',
  request: jsonBody(z.strictObject({ email: z.string().min(1).max(320), password: secretSchema })),
  responses: {
    200: json(signedInSchema, 'Signed in, or the second factor is required.'),
    ...problems(400, 403, 413, 415, 422, 429),
  },
})

const secondFactor = createRoute({
  method: 'post',
  path: '/session/second-factor',
  tags,
  security: [],
  summary: 'Verify the second factor of a sign-in',
  description: 'Send a code of the authenticator app or an unused backup code within 10 minutes of the password.',
  request: jsonBody(z.strictObject({ code: codeSchema })),
  responses: { 200: json(signedInSchema, 'Signed in.'), ...problems(400, 403, 413, 415, 422, 429) },
})

const signOut = createRoute({
  method: 'delete',
  path: '/session',
  tags,
  security: [],
  summary: 'Sign out',
  responses: { 204: gone, ...problems(403) },
})

/** Signing in and out. Mounted before requireCaller, because signing in needs no session. */
export function sessionRoutes({ db, config }: ApiDeps, { sessions }: Accounts) {
  const app = new OpenAPIHono<AppEnv>()
  app.use('/session', smallBodies)
  app.use('/session/*', smallBodies)

  const signedIn = async (id: string) => {
    const account = await findAccount(db, id)
    if (!account) throw new ApiProblem('sign-in-expired', 'The administrator was deleted.')
    return { status: 'signed-in' as const, account: ownAccountJson(account) }
  }
  const checkOrigin = (c: Context<AppEnv>) => requireSameOrigin(c, config.PUBLIC_URL, { strict: false })

  return app
    .openapi(signIn, async (c) => {
      checkOrigin(c)
      const { email, password } = c.req.valid('json')
      const id = await sessions.signIn(c, email, password)
      if (id === null) return c.json({ status: 'second-factor-required' as const, account: null }, 200)
      return c.json(await signedIn(id), 200)
    })
    .openapi(secondFactor, async (c) => {
      checkOrigin(c)
      return c.json(await signedIn(await sessions.secondFactor(c, c.req.valid('json').code)), 200)
    })
    .openapi(signOut, async (c) => {
      checkOrigin(c)
      await sessions.signOut(c)
      return c.body(null, 204)
    })
}
