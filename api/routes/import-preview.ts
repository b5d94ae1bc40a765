import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Db } from '../../db/database.ts'
import { findCompany } from '../../db/queries/companies.ts'
import { removeFile } from '../../db/queries/files.ts'
import { importsOfFile } from '../../db/queries/imports-of-file.ts'
import { none } from '../../domain/templates/index.ts'
import type { ApiDeps, AppEnv, Caller } from '../deps.ts'
import { previewFile } from '../preview.ts'
import { isId, json, problems, withKey } from '../schemas/common.ts'
import { previewSchema } from '../schemas/preview.ts'
import { checkTemplate } from '../uploads/import-choices.ts'
import { readMapping } from '../uploads/mapping.ts'
import { invalid } from '../uploads/option-errors.ts'
import { readUpload } from '../uploads/read-upload.ts'
import { readReading } from '../uploads/reading-choices.ts'

/** What may be asked beside the file. */
const words = ['template', 'mapping', 'company', 'encoding', 'delimiter', 'sheet']

const text = { type: 'string' as const }

const preview = createRoute({
  method: 'post',
  path: '/imports/preview',
  tags: ['Imports'],
  security: withKey,
  summary: 'Look at a file before importing it',
  description:
    'Reads the file as an import would and keeps nothing of it. Without a mapping the one that was saved for these ' +
    'headers is taken, otherwise one is suggested; send it with the import, changed or not. Without a template it is ' +
    'the one whose headers the file has, else `none`. `encoding`, `delimiter` and `sheet` override what was detected.',
  request: {
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            required: ['file'],
            properties: {
              file: { type: 'string', format: 'binary' },
              template: text,
              mapping: { type: 'object', description: 'Header by field, as JSON.' },
              company: { ...text, description: 'Id of the company of everybody whose row names none.' },
              encoding: text,
              delimiter: text,
              sheet: text,
            },
          },
        },
      },
    },
  },
  responses: { 200: json(previewSchema, 'What the file holds.'), ...problems(400, 413, 415, 422) },
})

/** A look at a file that is stored only while it is looked at. */
export function importPreviewRoutes(deps: ApiDeps) {
  const { db } = deps
  return new OpenAPIHono<AppEnv>().openapi(preview, async (c) => {
    const { file, template: id, ...asked } = await readUpload(c, deps, words)
    try {
      const caller = c.get('caller')
      const scope = caller.companies
      const template = id === undefined || id === '' ? null : checkTemplate(id)
      const mapping = readMapping(template ?? none, asked.mapping)
      const company = await companyOf(db, asked.company, caller)
      const [seen, signal] = [await importsOfFile(db, file.sha256, scope), c.req.raw.signal]
      const reading = readReading(asked)
      // A mapping says that the columns are matched by hand, which no template but these takes.
      const request = { template: template ?? (mapping ? none : null), mapping, reading, company, scope, signal }
      const shown = await previewFile(db, file, request)
      const earlier = seen.map(({ createdAt, ...entry }) => ({ ...entry, createdAt: createdAt.toISOString() }))
      return c.json({ ...shown, seenBefore: seen.map((entry) => entry.id), earlier }, 200)
    } finally {
      await removeFile(db, file.fileId)
    }
  })
}

/** The company that an import of the caller would take for rows that name none. */
async function companyOf(db: Db, given: string | undefined, { companies }: Caller) {
  const only = companies?.length === 1 ? companies[0] : undefined
  const id = given || only
  if (id === undefined) return null
  const company = isId(id) ? await findCompany(db, id, companies) : undefined
  if (company) return company
  throw invalid([{ option: 'company', code: 'unknown-company', message: 'There is no company with this id.' }])
}
