import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { findAccount, insertAccount, listAccounts } from '../../db/accounts/accounts.ts'
import { inTransactionWithRetries } from '../../db/core/retries.ts'
import { requirePlatform } from '../http/caller.ts'
import type { ApiDeps, AppEnv } from '../http/deps.ts'
import { ApiProblem, notFound } from '../http/problems.ts'
import {
  gone,
  isId,
  json,
  jsonBody,
  listOf,
  pageOf,
  pageQuery,
  pathId,
  problems,
  readCursor,
  withKey,
} from '../http/schemas/common.ts'
import {
  accountEmailSchema,
  accountJson,
  accountNameSchema,
  accountSchema,
  invitationLinkSchema,
  rightsFields,
} from './account-schemas.ts'
import { changeRights, checkedRights, removeAccount } from './auth/change-rights.ts'
import type { Accounts } from './auth/index.ts'
import type { MadeLink } from './auth/links.ts'
import { startLetter } from './auth/start-letter.ts'

const base = { tags: ['Accounts'], security: withKey }

const list = createRoute({
  ...base,
  method: 'get',
  path: '/accounts',
  summary: 'List administrators',
  request: { query: z.object(pageQuery()) },
  responses: {
    200: json(listOf(accountSchema), 'One page of administrators, including invited ones.'),
    ...problems(403, 422),
  },
})

const invite = createRoute({
  ...base,
  method: 'post',
  path: '/accounts',
  summary: 'Invite an administrator',
  description:
    'The administrator gets an e-mail with a link to choose a password. The response contains the same link.',
  request: jsonBody(
    z
      .strictObject({
        email: accountEmailSchema,
        name: accountNameSchema,
        role: rightsFields.role,
        companies: rightsFields.companies.optional(),
      })
      .openapi('NewAccount'),
  ),
  responses: {
    201: json(accountSchema.extend({ invitation: invitationLinkSchema }), 'The invited administrator.'),
    ...problems(400, 403, 409, 413, 415, 422),
  },
})

const inviteAgain = createRoute({
  ...base,
  method: 'post',
  path: '/accounts/{id}/invitation',
  summary: 'Invite an administrator again',
  description: 'The previous link stops working.',
  request: { params: pathId },
  responses: { 201: json(invitationLinkSchema, 'The new link.'), ...problems(403, 404, 409) },
})

const change = createRoute({
  ...base,
  method: 'patch',
  path: '/accounts/{id}',
  summary: 'Change the access of an administrator',
  description:
    '`disabled: true` ends all sessions and links. `secondFactor: false` removes a lost second factor. You cannot ' +
    'change your own access, nor that of the last administrator of the platform.',
  request: {
    params: pathId,
    ...jsonBody(
      z
        .strictObject({
          role: rightsFields.role.optional(),
          companies: rightsFields.companies.optional(),
          disabled: z.boolean().optional(),
          secondFactor: z.literal(false).optional(),
        })
        .openapi('AccountChange'),
    ),
  },
  responses: { 200: json(accountSchema, 'The changed administrator.'), ...problems(400, 403, 404, 409, 413, 415, 422) },
})

const remove = createRoute({
  ...base,
  method: 'delete',
  path: '/accounts/{id}',
  summary: 'Delete an administrator',
  description: 'The imports of the administrator stay and keep the name.',
  request: { params: pathId },
  responses: { 204: gone, ...problems(403, 404, 409) },
})

/** Administrators, managed by platform-wide keys and by other administrators of the platform. */
export function accountsRoutes(deps: ApiDeps, { links }: Accounts) {
  const { db, log } = deps

  const showOrThrow = async (id: string) => {
    const account = isId(id) ? await findAccount(db, id) : undefined
    if (!account) throw notFound('account')
    return accountJson(account)
  }

  /** Succeeds even when Temporal is unavailable, because the returned link works and the dispatcher sends the e-mail later. */
  const send = async ({ id, url, expiresAt }: MadeLink) => {
    await startLetter(deps, id).catch((error: Error) => {
      log.warn({ link: id, reason: error.name }, 'could not start the account e-mail, the dispatcher will start it')
    })
    return { url, expiresAt: expiresAt.toISOString() }
  }

  return new OpenAPIHono<AppEnv>()
    .openapi(list, async (c) => {
      requirePlatform(c.get('caller'))
      const { limit, cursor } = c.req.valid('query')
      const { items, next } = pageOf(await listAccounts(db, { after: readCursor(cursor), limit: limit + 1 }), limit)
      return c.json({ items: items.map(accountJson), next }, 200)
    })
    .openapi(invite, async (c) => {
      requirePlatform(c.get('caller'))
      const { name, email, role, companies = null } = c.req.valid('json')
      const { id, link } = await inTransactionWithRetries(db, async (trx) => {
        const account = await insertAccount(trx, { name, email, ...(await checkedRights(trx, { role, companies })) })
        return { id: account, link: await links.make(trx, account, 'invitation') }
      })
      const invitation = await send(link)
      return c.json({ ...(await showOrThrow(id)), invitation }, 201, { Location: `${c.req.path}/${id}` })
    })
    .openapi(inviteAgain, async (c) => {
      requirePlatform(c.get('caller'))
      const { id, status } = await showOrThrow(c.req.valid('param').id)
      if (status !== 'invited')
        throw new ApiProblem(
          'account-active',
          'You can invite an administrator again only before they choose a password.',
        )
      const link = await inTransactionWithRetries(db, (trx) => links.make(trx, id, 'invitation'))
      return c.json(await send(link), 201)
    })
    .openapi(change, async (c) => {
      requirePlatform(c.get('caller'))
      const { id } = c.req.valid('param')
      const rights = c.req.valid('json')
      await inTransactionWithRetries(db, (trx) => changeRights(trx, id, rights, c.get('caller')))
      return c.json(await showOrThrow(id), 200)
    })
    .openapi(remove, async (c) => {
      requirePlatform(c.get('caller'))
      const { id } = c.req.valid('param')
      await inTransactionWithRetries(db, (trx) => removeAccount(trx, id, c.get('caller')))
      return c.body(null, 204)
    })
}
