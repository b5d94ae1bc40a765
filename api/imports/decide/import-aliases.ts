import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { inTransaction } from '../../../db/core/transaction.ts'
import { stillUnmatched } from '../../../db/imports/file-titles.ts'
import type { ImportRecord } from '../../../db/imports/imports.ts'
import type { UnmatchedTitle } from '../../../domain/problems/problem.ts'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'
import { plainText } from '../../http/plain-text.ts'
import { idSchema, json, jsonBody, pathId, problems, withKey } from '../../http/schemas/common.ts'
import type { ImportView } from '../show-import.ts'
import { saveAliases } from './save-aliases.ts'

/** Titles in one request. Checking and writing this many takes about a second. */
const MAX_ALIASES = 1_000

/** Characters of a title. Its key must fit into an index entry (db/catalogue/title-aliases.ts). */
const MAX_TITLE = 255

const fileText = z
  .string()
  .min(1)
  .refine((text) => text === plainText(text), { error: 'contains characters that no stored file can contain' })

const aliasSchema = z.strictObject({
  title: fileText.max(MAX_TITLE).openapi({ description: 'Exactly as in the file.' }),
  company: fileText.openapi({ description: 'Id, or the name exactly as in `unmatchedTitles`.' }),
  course: idSchema.openapi({ description: 'A course that the company may use.' }),
  once: z
    .boolean()
    .optional()
    .openapi({ description: '`true`: for this import only. Otherwise for later imports, too.' }),
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
  count: z.int().openapi({ description: 'Titles that still have no course. At 0, check the file again.' }),
  unmatchedTitles: z
    .array(unmatchedSchema)
    .openapi({ description: 'As in the problem, without the titles that now have an alias.' }),
})

const save = createRoute({
  method: 'post',
  path: '/imports/{id}/aliases',
  tags: ['Imports'],
  security: withKey,
  summary: 'Save title aliases for the course titles of a file',
  description:
    'An alias says which course a title means for a company, from now on or for this import only. A course with ' +
    'exactly this title always wins. The request saves all of its aliases or none. Then check the stored file again ' +
    'with `POST /v1/imports/{id}/revalidate`.',
  request: {
    params: pathId,
    ...jsonBody(z.strictObject({ aliases: z.array(aliasSchema).min(1).max(MAX_ALIASES) })),
  },
  responses: { 200: json(left, 'What is still unmatched.'), ...problems(400, 404, 409, 413, 415, 422) },
})

/** Title aliases for the titles of an import's file. */
export function importAliasRoutes({ db }: Pick<ApiDeps, 'db'>, view: ImportView) {
  const leftOf = async ({ id, problem }: ImportRecord): Promise<z.infer<typeof left>> => {
    if (problem?.code !== 'unmatched-titles') return { count: 0, unmatchedTitles: [] }
    const { count, unmatchedTitles } = problem as unknown as { count: number; unmatchedTitles: UnmatchedTitle[] }
    const still = await stillUnmatched(db, id, unmatchedTitles)
    return { count: count - unmatchedTitles.length + still.length, unmatchedTitles: still }
  }

  return new OpenAPIHono<AppEnv>().openapi(save, async (c) => {
    const { companies, name } = c.get('caller')
    const entry = await view.find(c.req.valid('param').id, companies)
    const { aliases } = c.req.valid('json')
    await inTransaction(db, (trx) => saveAliases(trx, entry, aliases, name))
    return c.json(await leftOf(entry), 200)
  })
}
