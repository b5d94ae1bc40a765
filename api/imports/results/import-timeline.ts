import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { timelineOf } from '../../../db/imports/timeline.ts'
import { importEvents } from '../../../db/tables/import-history.ts'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'
import {
  json,
  listOf,
  pageOf,
  pageQuery,
  pathId,
  problems,
  readCursor,
  timeSchema,
  withKey,
} from '../../http/schemas/common.ts'
import type { ImportView } from '../show-import.ts'

const eventSchema = z
  .object({
    at: timeSchema,
    what: z.enum(importEvents),
    by: z.string().nullable().openapi({ description: 'Who decided it. null if no administrator or API key did.' }),
    detail: z.record(z.string(), z.unknown()).nullable().openapi({
      description:
        '`read`: {records}. `checked`: {plan}. `paused`, `rejected`, `failed`: {code, title}. `taught`: {titles}.',
    }),
  })
  .openapi('ImportEvent')

const list = createRoute({
  method: 'get',
  path: '/imports/{id}/timeline',
  tags: ['Imports'],
  security: withKey,
  summary: 'List the events of an import and who decided them',
  request: { params: pathId, query: z.object(pageQuery()) },
  responses: { 200: json(listOf(eventSchema), 'Events, oldest first.'), ...problems(404, 422) },
})

/** The time line of an import: its events, and who decided them. */
export function importTimelineRoutes({ db }: Pick<ApiDeps, 'db'>, view: ImportView) {
  return new OpenAPIHono<AppEnv>().openapi(list, async (c) => {
    const { limit, cursor } = c.req.valid('query')
    const { id } = await view.find(c.req.valid('param').id, c.get('caller').companies)
    const after = readCursor(cursor, (text) => /^\d{1,18}$/.test(text))
    const { items, next } = pageOf(await timelineOf(db, id, { after, limit: limit + 1 }), limit)
    return c.json({ items: items.map(({ id: _, at, ...event }) => ({ at: at.toISOString(), ...event })), next }, 200)
  })
}
