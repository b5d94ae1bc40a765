import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { inTransaction } from '../../../db/core/transaction.ts'
import { stillUnmatched } from '../../../db/imports/file-titles.ts'
import type { ImportRecord } from '../../../db/imports/imports.ts'
import type { UnmatchedTitle } from '../../../domain/problems/problem.ts'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'
import { plainText } from '../../http/plain-text.ts'
import { idSchema, json, jsonBody, pathId, problems, withKey } from '../../http/schemas/common.ts'
import type { ImportView } from '../show-import.ts'
import { teachTitles } from './teach-titles.ts'

/** Titles in one request: they are checked and written in a second. */
const MAX_ALIASES = 1_000

/** A title's key must fit an index entry (db/catalogue/title-aliases.ts). */
const MAX_TITLE = 255

const fileText = z
  .string()
  .min(1)
  .refine((text) => text === plainText(text), { error: 'holds characters that no stored file has' })

const aliasSchema = z.strictObject({
  title: fileText.max(MAX_TITLE).openapi({ description: 'As it stands in the file.' }),
  company: fileText.openapi({ description: 'Id, or the name as it stands in `unmatchedTitles`.' }),
  course: idSchema.openapi({ description: 'A course that the company may use.' }),
  once: z.boolean().optional().openapi({ description: 'For this import only; otherwise from now on.' }),
})

const unmatchedSchema = z
  .object({
    title: z.string(),
    company: z.string(),
    rows: z.object({ count: z.int(), first: z.array(z.int()) }),
    reason: z.enum(['unknown', 'not-available', 'ambiguous']),
    suggestions: z.array(z.string()),
  })
  .openapi('UnmatchedTitle')

const left = z.object({
  count: z.int().openapi({ description: 'Titles that nobody has taught yet; 0: the file can be checked again.' }),
  unmatchedTitles: z.array(unmatchedSchema).openapi({ description: 'As in the problem, without those taught since.' }),
})

const teach = createRoute({
  method: 'post',
  path: '/imports/{id}/aliases',
  tags: ['Imports'],
  security: withKey,
  summary: 'Teach which courses the titles of a file mean',
  description:
    'For a company from now on, or for this import only. An exact title always wins. All of the aliases are taken or ' +
    'none. Then let the stored file be checked again (`revalidate`).',
  request: {
    params: pathId,
    ...jsonBody(z.strictObject({ aliases: z.array(aliasSchema).min(1).max(MAX_ALIASES) })),
  },
  responses: { 200: json(left, 'What is still unmatched.'), ...problems(400, 404, 409, 413, 415, 422) },
})

/** "This title means that course". */
export function importAliasRoutes({ db }: Pick<ApiDeps, 'db'>, view: ImportView) {
  const leftOf = async ({ id, problem }: ImportRecord): Promise<z.infer<typeof left>> => {
    if (problem?.code !== 'unmatched-titles') return { count: 0, unmatchedTitles: [] }
    const { count, unmatchedTitles } = problem as unknown as { count: number; unmatchedTitles: UnmatchedTitle[] }
    const still = await stillUnmatched(db, id, unmatchedTitles)
    return { count: count - unmatchedTitles.length + still.length, unmatchedTitles: still }
  }

  return new OpenAPIHono<AppEnv>().openapi(teach, async (c) => {
    const { companies, name } = c.get('caller')
    const entry = await view.find(c.req.valid('param').id, companies)
    const { aliases } = c.req.valid('json')
    await inTransaction(db, (trx) => teachTitles(trx, entry, aliases, name))
    return c.json(await leftOf(entry), 200)
  })
}
