import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'
import { json, pathId, problems, withKey } from '../../http/schemas/common.ts'
import { importSchema } from '../import-schemas.ts'
import type { ImportView } from '../show-import.ts'
import { type Decision, decide } from './decide.ts'

const base = { tags: ['Imports'], security: withKey, method: 'post' as const, request: { params: pathId } }
const answers = { 200: json(importSchema, 'The import after the decision.'), ...problems(404, 409) }

const confirm = createRoute({
  ...base,
  path: '/imports/{id}/confirm',
  summary: 'Confirm an import in review',
  responses: answers,
})

const resume = createRoute({
  ...base,
  path: '/imports/{id}/resume',
  summary: 'Resume a paused import',
  description: 'Continues where the import stopped. Also restarts an import whose workflow was terminated in Temporal.',
  responses: answers,
})

const cancel = createRoute({
  ...base,
  path: '/imports/{id}/cancel',
  summary: 'Cancel an import',
  description: 'Applied rows stay and are reported. E-mails that are still queued are not sent.',
  responses: { ...answers, 202: json(importSchema, 'Recorded. The import ends when a worker is available.') },
})

/** Decisions of an administrator about an import. */
export function importDecisionRoutes(deps: ApiDeps, view: ImportView) {
  const decided = async (id: string, decision: Decision, caller: AppEnv['Variables']['caller']) => {
    const entry = await view.find(id, caller.companies)
    const when = await decide(deps, entry, decision, caller)
    return { shown: await view.show(entry.id, caller.companies), when }
  }

  return new OpenAPIHono<AppEnv>()
    .openapi(confirm, async (c) => {
      const { shown } = await decided(c.req.valid('param').id, 'confirm', c.get('caller'))
      return c.json(shown, 200)
    })
    .openapi(resume, async (c) => {
      const { shown } = await decided(c.req.valid('param').id, 'resume', c.get('caller'))
      return c.json(shown, 200)
    })
    .openapi(cancel, async (c) => {
      const { shown, when } = await decided(c.req.valid('param').id, 'cancel', c.get('caller'))
      return when === 'later' ? c.json(shown, 202) : c.json(shown, 200)
    })
}
