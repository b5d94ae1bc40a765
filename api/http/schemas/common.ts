import { z } from '@hono/zod-openapi'
import { ApiProblem } from '../problems.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isId(text: string): boolean {
  return UUID.test(text)
}

/** An id in a body or a filter. */
export const idSchema = z
  .string()
  .regex(UUID, { error: 'expected an id' })
  .openapi({ format: 'uuid', example: '0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e' })

/** An id in a path: any text is accepted, because what is no id names nothing, which is a 404. */
export const pathId = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, format: 'uuid' }) })

export const timeSchema = z.string().openapi({ format: 'date-time', example: '2026-03-03T14:02:11.000Z' })

export const problemSchema = z
  .looseObject({
    type: z.string().openapi({ example: '/problems/not-found' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().openapi({ description: 'Stable: programs look at this.', example: 'not-found' }),
    requestId: z.string().optional(),
  })
  .openapi('Problem', { description: 'RFC 9457 problem details. Members beyond these belong to the code.' })

const MAX_PAGE = 200
const DEFAULT_PAGE = 50

/** The page of a list: `next` of one answer is the `cursor` of the next request. */
export function pageQuery(most = MAX_PAGE, usual = DEFAULT_PAGE) {
  return {
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(most)
      .default(usual)
      .openapi({ description: 'Most items of the answer.' }),
    cursor: z.string().max(200).optional().openapi({ description: '`next` of the answer before.' }),
  }
}

/** A list as every list is answered. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable().openapi({ description: 'The next cursor.' }) })
}

/** Opaque to clients, so that what it holds may change. */
export function cursorOf(position: string | number): string {
  return Buffer.from(String(position)).toString('base64url')
}

/** @throws ApiProblem 422 for a cursor that this API did not give */
export function readCursor(cursor: string | undefined, isPosition: (text: string) => boolean = isId): string | null {
  if (cursor === undefined) return null
  const position = Buffer.from(cursor, 'base64url').toString()
  if (!isPosition(position)) {
    const errors = [{ path: 'cursor', message: 'expected the next of an answer' }]
    throw new ApiProblem('invalid-request', 'cursor: expected the next of an answer.', { errors })
  }
  return position
}

/** A list's answer from rows that were asked for with one more than its limit, to know whether others follow. */
export function pageOf<Row extends { id: string }>(rows: Row[], limit: number): { items: Row[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? cursorOf(last.id) : null }
}

const problemTexts = {
  400: 'The body cannot be read.',
  401: 'No valid API key, and nobody signed in.',
  403: 'Only the platform’s keys and administrators may do this, or another site sent it; `code` says which.',
  404: 'Nothing with this id, or it belongs to a company outside the key.',
  409: 'The state of things does not allow it; `code` says why.',
  410: 'The link can no longer be used; `code` says why.',
  413: 'The body is too large.',
  415: 'The content type is not supported.',
  422: 'Something in the request is not valid; `code` and `errors` say what.',
  429: 'Too many tries; see `Retry-After`.',
  503: 'The database, Temporal or the worker does not answer just now; see `Retry-After`.',
} as const
type ProblemStatus = keyof typeof problemTexts

type ProblemAnswer = { description: string; content: { 'application/problem+json': { schema: typeof problemSchema } } }

/** The problems of a route beside 401 and 503, which every route below /v1 has. */
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

/** RFC 9110, section 15.3.5. */
export const gone = { description: 'It is gone.' }

export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { body: { required: true, content: { 'application/json': { schema } } } }
}

/** Every route below /v1 names this: an API key, or the session of somebody who signed in. */
export const withKey = [{ key: [] }, { session: [] }]
