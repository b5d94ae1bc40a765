import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { type Chosen, queueActivations } from '../db/activation.ts'
import { type ActivationRefusal, activationStanding, MAX_SKIPPED } from '../db/activation-standing.ts'
import type { Db } from '../db/database.ts'
import { inTransactionWithRetries } from '../db/retries.ts'
import { problem } from '../domain/problem.ts'

/** What authentication leaves for these routes. */
export interface ActivationEnv {
  Variables: { key: { id: string; name: string; companies: string[] | null } }
}

/** Ids in one request: a megabyte of JSON. Whole companies are named by their id. */
const MAX_USERS = 10_000

const uuid = z.uuid()
const Queued = z
  .object({
    mailing: uuid.nullable().openapi({ description: 'What delivers the e-mails; null when there are none.' }),
    queued: z.int().openapi({ description: 'E-mails that will be sent. Older links of these people no longer work.' }),
    skipped: z
      .array(z.object({ user: z.string(), reason: z.enum(['user-not-found', 'already-active', 'user-disabled']) }))
      .openapi({ description: `The first ${MAX_SKIPPED} who get no e-mail, and why.` }),
    skippedTotal: z.int(),
  })
  .openapi('QueuedActivations')
const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
})

const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
})
const queuedAnswer = { description: 'Queued', content: { 'application/json': { schema: Queued } } }

const single = createRoute({
  method: 'post',
  path: '/users/{id}/activation',
  tags: ['Users'],
  summary: 'Send one person a new activation e-mail',
  request: { params: z.object({ id: uuid }) },
  responses: {
    202: queuedAnswer,
    404: problemAnswer('There is no such user for this key'),
    409: problemAnswer('`already-active` or `user-disabled`'),
  },
})

const many = createRoute({
  method: 'post',
  path: '/activations',
  tags: ['Users'],
  summary: 'Send many people a new activation e-mail',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.union([
            z.strictObject({ users: z.array(uuid).min(1).max(MAX_USERS) }),
            z.strictObject({ company: uuid.openapi({ description: 'Everybody in it who is not active yet.' }) }),
          ]),
        },
      },
    },
  },
  responses: { 202: queuedAnswer, 404: problemAnswer('There is no such company for this key') },
})

const refusals: Record<ActivationRefusal, { status: 404 | 409; title: string; detail: string }> = {
  'user-not-found': { status: 404, title: 'No such user', detail: 'There is no user with this id.' },
  'already-active': {
    status: 409,
    title: 'Already active',
    detail: 'This person has chosen a password already and needs no activation e-mail.',
  },
  'user-disabled': {
    status: 409,
    title: 'User disabled',
    detail: 'This user is disabled. Enable the user first, then send the activation e-mail.',
  },
}

/**
 * Invite later: new activation e-mails for people who have an account and no password yet. One request makes one
 * mailing, in one transaction; the dispatcher starts its delivery. People outside the key's companies do not exist.
 */
export function activationRequestRoutes({ db }: { db: Db }) {
  return new OpenAPIHono<ActivationEnv>()
    .openapi(single, async (c) => {
      const { id } = c.req.valid('param')
      const key = c.get('key')
      const answer = await request(db, { users: [id] }, key)
      const refused = answer.skipped[0]?.reason
      if (!refused) return c.json(answer, 202)
      const { status, title, detail } = refusals[refused]
      const body = problem(refused, status, title, detail)
      return c.json(body, status, { 'Content-Type': 'application/problem+json' }) as never
    })
    .openapi(many, async (c) => {
      const key = c.get('key')
      const chosen = c.req.valid('json')
      if ('company' in chosen && !(await companyExists(db, chosen.company, key.companies))) {
        const body = problem('company-not-found', 404, 'No such company', 'There is no company with this id.')
        return c.json(body, 404, { 'Content-Type': 'application/problem+json' }) as never
      }
      return c.json(await request(db, chosen, key), 202)
    })
}

function request(db: Db, chosen: Chosen, key: ActivationEnv['Variables']['key']) {
  return inTransactionWithRetries(db, async (trx) => {
    const { allowed, ...skipped } = await activationStanding(trx, chosen, key.companies)
    const queued = await queueActivations(trx, allowed, key.name)
    return { ...queued, ...skipped }
  })
}

async function companyExists(db: Db, id: string, companies: string[] | null): Promise<boolean> {
  if (companies !== null && !companies.includes(id.toLowerCase())) return false
  return (await db.selectFrom('companies').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}
