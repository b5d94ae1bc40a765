import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { findCompany } from '../../db/catalogue/companies.ts'
import { inTransactionWithRetries } from '../../db/core/retries.ts'
import { queueActivations } from '../../db/emails/activation.ts'
import { activationStanding, MAX_SKIPPED, type Wanted } from '../../db/emails/activation-standing.ts'
import { problem } from '../../domain/problems/problem.ts'
import type { Caller } from '../http/caller.ts'
import type { ApiDeps, AppEnv } from '../http/deps.ts'
import { invalidRequest, notFound } from '../http/problems.ts'
import { idSchema, isId, json, jsonBody, pathId, problems, withKey } from '../http/schemas/common.ts'
import { searchFields } from '../people/user-list-schemas.ts'
import { userStatuses } from '../people/user-schemas.ts'

/** Ids of users in one request. For a whole company, send the id of the company. */
const MAX_USERS = 10_000

const tags = ['Users']

const queuedSchema = z
  .object({
    mailing: idSchema
      .nullable()
      .openapi({ description: 'Id of the mailing that delivers the e-mails. null if there are none.' }),
    queued: z.int().openapi({ description: 'E-mails that will be sent. Older links of these users no longer work.' }),
    skipped: z
      .array(z.object({ user: idSchema, reason: z.enum(['user-not-found', 'already-active', 'user-disabled']) }))
      .openapi({ description: `The first ${MAX_SKIPPED} users without an e-mail, and the reason.` }),
    skippedTotal: z.int(),
  })
  .openapi('QueuedActivations')

const deliverTo = z.enum(['user', 'importer']).default('user').openapi({
  description:
    '`importer`: the e-mails go to the contact of your key, or to your own address. Use it for users without a mailbox.',
})

const single = createRoute({
  method: 'post',
  path: '/users/{id}/activation',
  tags,
  security: withKey,
  summary: 'Send one user a new activation e-mail',
  description:
    'For users and invitations. Older links of this user no longer work. 409 with `already-active` or `user-disabled`.',
  request: {
    params: pathId,
    body: { required: false, content: { 'application/json': { schema: z.strictObject({ deliverTo }) } } },
  },
  responses: { 202: json(queuedSchema, 'It will be sent in a moment.'), ...problems(400, 404, 409, 415, 422) },
})

const many = createRoute({
  method: 'post',
  path: '/activations',
  tags,
  security: withKey,
  summary: 'Send many users a new activation e-mail',
  request: jsonBody(
    z
      .union([
        z.strictObject({ users: z.array(idSchema).min(1).max(MAX_USERS), deliverTo }),
        z.strictObject({
          company: idSchema.openapi({ description: 'Every user of the company who is not active yet.' }),
          deliverTo,
        }),
        z.strictObject({
          all: z
            .strictObject({
              company: idSchema.optional(),
              group: idSchema.optional(),
              status: z.enum(userStatuses).optional(),
              ...searchFields,
            })
            .openapi({
              description: 'Every user that `GET /v1/users` lists for these filters and who is not active yet.',
            }),
          except: z
            .array(idSchema)
            .max(MAX_USERS)
            .default([])
            .openapi({ description: 'Ids of users that get no e-mail.' }),
          deliverTo,
        }),
      ])
      .openapi('ActivationRequest'),
  ),
  responses: { 202: json(queuedSchema, 'They will be sent in a moment.'), ...problems(400, 404, 415, 422) },
})

const skipReasons = {
  'already-active': ['Already active', 'This user already has a password and needs no activation e-mail.'],
  'user-disabled': [
    'The user is disabled',
    'This user is disabled. Enable the user first, then send the activation e-mail.',
  ],
} as const

/**
 * New activation e-mails for users without a password and for open invitations. One request creates one mailing in one
 * transaction, and the dispatcher starts its delivery. Users outside the caller's companies count as not found.
 */
export function activationRequestRoutes({ db }: Pick<ApiDeps, 'db'>) {
  const request = (chosen: Wanted, caller: Caller, recipient: z.infer<typeof deliverTo>) => {
    const asked = { requestedBy: caller.name, deliverTo: addressOf(recipient, caller) }
    return inTransactionWithRetries(db, async (trx) => {
      const { allowed, ...skipped } = await activationStanding(trx, chosen, caller.companies)
      return { ...(await queueActivations(trx, allowed, asked)), ...skipped }
    })
  }

  const mustExist = async (company: string, { companies }: Caller): Promise<void> => {
    const allowed = companies === null || companies.includes(company.toLowerCase())
    if (!allowed || !(await findCompany(db, company, null))) throw notFound('company')
  }

  return new OpenAPIHono<AppEnv>()
    .openapi(single, async (c) => {
      const { id } = c.req.valid('param')
      if (!isId(id)) throw notFound('user')
      const { deliverTo: recipient = 'user' } = c.req.valid('json')
      const answer = await request({ users: [id] }, c.get('caller'), recipient)
      const reason = answer.skipped[0]?.reason
      if (!reason) return c.json(answer, 202)
      if (reason === 'user-not-found') throw notFound('user')
      const [title, detail] = skipReasons[reason]
      const body = problem(reason, 409, title, detail, { requestId: c.get('requestId') })
      return c.json(body, 409, { 'Content-Type': 'application/problem+json' }) as never
    })
    .openapi(many, async (c) => {
      const { deliverTo: recipient, ...chosen } = c.req.valid('json')
      const company = 'company' in chosen ? chosen.company : 'all' in chosen ? chosen.all.company : undefined
      if (company !== undefined) await mustExist(company, c.get('caller'))
      return c.json(await request(chosen, c.get('caller'), recipient), 202)
    })
}

/**
 * Returns the address that gets all the e-mails, or null if each user gets their own.
 *
 * @throws ApiProblem 422 when the e-mails should go to the caller's contact and the caller has none
 */
function addressOf(recipient: 'user' | 'importer', { contact }: Caller): string | null {
  if (recipient === 'user') return null
  if (contact !== null) return contact
  throw invalidRequest([{ path: 'deliverTo', message: 'your key has no contact address to send e-mails to' }])
}
