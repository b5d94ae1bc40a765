import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { insertKey, listKeys, revokeKey } from '../../db/accounts/api-keys.ts'
import type { Scope } from '../../db/core/page.ts'
import { parseEmail } from '../../domain/people/email.ts'
import { requireKnownCompanies } from '../catalogue/check-catalogue.ts'
import type { Caller } from '../http/caller.ts'
import { requirePlatform } from '../http/caller.ts'
import type { ApiDeps, AppEnv } from '../http/deps.ts'
import { invalidRequest, notFound } from '../http/problems.ts'
import {
  gone,
  idsSchema,
  isId,
  json,
  jsonBody,
  listOf,
  pageOf,
  pageQuery,
  pathId,
  problems,
  readCursor,
  timeSchema,
  withKey,
} from '../http/schemas/common.ts'
import { nameSchema } from '../http/schemas/name.ts'
import { makeKey } from './key-secret.ts'

const base = { tags: ['API keys'], security: withKey }

const keySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string().openapi({ example: 'mk_q3Zk0aTx' }),
    companies: z.array(z.string()).nullable().openapi({ description: 'Ids of companies. null is the whole platform.' }),
    contact: z
      .string()
      .nullable()
      .openapi({ description: 'The address that gets a report when an import of this key has ended.' }),
    createdAt: timeSchema,
    lastUsedAt: timeSchema.nullable(),
  })
  .openapi('ApiKey')

const newKeySchema = z.strictObject({
  name: nameSchema,
  companies: idsSchema.refine((ids) => ids.length > 0, { error: 'expected at least one company' }).optional(),
  contact: z
    .string()
    .transform((value) => parseEmail(value)?.address ?? null)
    .refine((value) => value !== null, { error: 'expected one e-mail address' })
    .openapi({ type: 'string', format: 'email' })
    .optional(),
})

const list = createRoute({
  ...base,
  method: 'get',
  path: '/api-keys',
  summary: 'List API keys',
  description: 'Revoked keys are not listed.',
  request: { query: z.object(pageQuery()) },
  responses: { 200: json(listOf(keySchema), 'One page of keys, without their secrets.'), ...problems(403, 422) },
})

const create = createRoute({
  ...base,
  method: 'post',
  path: '/api-keys',
  summary: 'Create an API key',
  description: 'Only this response contains the key. Without `companies`, the key is platform-wide.',
  request: jsonBody(newKeySchema),
  responses: {
    201: json(keySchema.extend({ key: z.string() }), 'The new key.'),
    ...problems(400, 403, 413, 415, 422),
  },
})

const remove = createRoute({
  ...base,
  method: 'delete',
  path: '/api-keys/{id}',
  summary: 'Revoke an API key',
  request: { params: pathId },
  responses: { 204: gone, ...problems(403, 404) },
})

/**
 * Returns the companies whose keys a caller may manage. An administrator manages the keys of their own companies. A
 * limited key manages no keys, so that a leaked key cannot create others that outlive it.
 *
 * @throws ApiProblem 403 for a limited key
 */
function manageableScope(caller: Caller): Scope {
  if (caller.accountId === null) requirePlatform(caller)
  return caller.companies
}

/** API keys, managed by platform-wide keys and by administrators within their companies. */
export function apiKeyRoutes({ db }: Pick<ApiDeps, 'db'>) {
  return new OpenAPIHono<AppEnv>()
    .openapi(list, async (c) => {
      const scope = manageableScope(c.get('caller'))
      const { limit, cursor } = c.req.valid('query')
      const { items, next } = pageOf(await listKeys(db, scope, { after: readCursor(cursor), limit: limit + 1 }), limit)
      return c.json({ items: items.map(keyJson), next }, 200)
    })
    .openapi(create, async (c) => {
      const scope = manageableScope(c.get('caller'))
      const { name, companies = null, contact = null } = c.req.valid('json')
      if (companies === null && scope !== null) {
        throw invalidRequest([{ path: 'companies', message: 'choose the companies of the key' }])
      }
      await requireKnownCompanies(db, companies ?? [], scope)
      const { key, ...secret } = makeKey()
      const made = await insertKey(db, { name, companies, contact, ...secret })
      return c.json({ ...keyJson(made), key }, 201)
    })
    .openapi(remove, async (c) => {
      const scope = manageableScope(c.get('caller'))
      const { id } = c.req.valid('param')
      if (!isId(id) || !(await revokeKey(db, id, scope))) throw notFound('API key')
      return c.body(null, 204)
    })
}

type KeyRecord = Awaited<ReturnType<typeof insertKey>>

function keyJson({ created_at, last_used_at, ...rest }: KeyRecord): z.infer<typeof keySchema> {
  return { ...rest, createdAt: created_at.toISOString(), lastUsedAt: last_used_at?.toISOString() ?? null }
}
