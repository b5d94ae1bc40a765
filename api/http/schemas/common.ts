import { z } from '@hono/zod-openapi'
import { invalidRequest } from '../problems.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isId(text: string): boolean {
  return UUID.test(text)
}

/** An id in a body or a filter. */
export const idSchema = z
  .string()
  .regex(UUID, { error: 'expected an id' })
  .openapi({ format: 'uuid', example: '0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e' })

/** Ids in a body, without duplicates. */
export const idsSchema = z
  .array(idSchema.toLowerCase())
  .max(10_000)
  .transform((ids) => [...new Set(ids)])

/** An id in a path. It accepts any text, because an invalid id is a 404 and not a 422. */
export const pathId = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, format: 'uuid' }) })

export const timeSchema = z.string().openapi({ format: 'date-time', example: '2026-03-03T14:02:11.000Z' })

export const problemSchema = z
  .looseObject({
    type: z.string().openapi({ example: '/problems/not-found' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().openapi({ description: 'Stable. Programs check this.', example: 'not-found' }),
    requestId: z.string().optional(),
  })
  .openapi('Problem', { description: 'RFC 9457 problem details. Further members depend on the code.' })

const MAX_PAGE = 200
const DEFAULT_PAGE = 50

/** Query parameters of a page. `next` of one response is the `cursor` of the next request. */
export function pageQuery(maximum = MAX_PAGE, usual = DEFAULT_PAGE) {
  return {
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(maximum)
      .default(usual)
      .openapi({ description: 'Maximum number of items in the response.' }),
    cursor: z.string().max(200).optional().openapi({ description: '`next` of the previous response.' }),
  }
}

/** The response schema of every list. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().openapi({ description: 'The cursor of the next page. null on the last page.' }),
  })
}

/** Encodes a position as a cursor, which clients treat as opaque. */
export function cursorOf(position: string | number): string {
  return Buffer.from(String(position)).toString('base64url')
}

/**
 * Decodes a cursor.
 *
 * @throws ApiProblem 422 for a cursor that did not come from this API
 */
export function readCursor(cursor: string | undefined, isPosition: (text: string) => boolean = isId): string | null {
  if (cursor === undefined) return null
  const position = Buffer.from(cursor, 'base64url').toString()
  if (!isPosition(position)) {
    throw invalidRequest([{ path: 'cursor', message: 'expected `next` of a response' }])
  }
  return position
}

/** Makes a page from rows that were read with a limit one higher, which tells whether another page follows. */
export function pageOf<Row extends { id: string }>(rows: Row[], limit: number): { items: Row[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? cursorOf(last.id) : null }
}

const problemTexts = {
  400: 'The body cannot be read.',
  401: 'The request has no valid API key and no session.',
  403: 'Platform-wide access is required, or another site sent the request. `code` gives the reason.',
  404: 'No resource in the companies of the key has this id.',
  409: 'The current state does not allow this. `code` gives the reason.',
  410: 'The link no longer works. `code` gives the reason.',
  413: 'The body is too large.',
  415: 'The content type is not supported.',
  422: 'The request is not valid. `code` and `errors` give the reasons.',
  429: 'Too many attempts. See `Retry-After`.',
  503: 'The database, Temporal or the worker is unavailable. See `Retry-After`.',
} as const
type ProblemStatus = keyof typeof problemTexts

type ProblemAnswer = { description: string; content: { 'application/problem+json': { schema: typeof problemSchema } } }

/** The problem responses of a route. Every route below /v1 also has 401 and 503. */
export function problems<Status extends ProblemStatus>(...statuses: Status[]) {
  const all = [...new Set<ProblemStatus>([401, ...statuses, 503])].sort((a, b) => a - b)
  return Object.fromEntries(
    all.map((status) => [
      status,
      { description: problemTexts[status], content: { 'application/problem+json': { schema: problemSchema } } },
    ]),
  ) as Record<Status | 401 | 503, ProblemAnswer>
}

export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

/** 204 No Content (RFC 9110, section 15.3.5). */
export const gone = { description: 'Success. The response has no body.' }

export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { body: { required: true, content: { 'application/json': { schema } } } }
}

/** The security of almost every route below /v1: an API key, or the session of an administrator. */
export const withKey = [{ key: [] }, { session: [] }]
