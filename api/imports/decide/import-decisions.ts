import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'
import { json, pathId, problems, withKey } from '../../http/schemas/common.ts'
import { importSchema } from '../import-schemas.ts'
import type { ImportView } from '../show-import.ts'
import { type Decision, decide } from './decide.ts'

const base = { tags: ['Imports'], security: withKey, method: 'post' as const, request: { params: pathId } }
const answers = { 200: json(importSchema, 'The import as the decision left it.'), ...problems(404, 409) }

const confirm = createRoute({
  ...base,
  path: '/imports/{id}/confirm',
  summary: 'Let an import in review go on',
  responses: answers,
})

const resume = createRoute({
  ...base,
  path: '/imports/{id}/resume',
  summary: 'Let a paused import go on',
  description: 'Goes on where the import stopped. Also starts one again whose workflow somebody terminated.',
  responses: answers,
})

const cancel = createRoute({
  ...base,
  path: '/imports/{id}/cancel',
  summary: 'Cancel an import',
  description: 'What was applied stays and is reported; e-mails that were not sent are taken back.',
  responses: { ...answers, 202: json(importSchema, 'Recorded; the import ends as soon as a worker can be reached.') },
})

/** What a person decides about an import. */
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
