import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { removeFile } from '../../../db/files/files.ts'
import { none } from '../../../domain/people/templates/index.ts'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'
import { json, problems, withKey } from '../../http/schemas/common.ts'
import { defaultCompany } from '../default-company.ts'
import { checkTemplate } from '../options/import-choices.ts'
import { readMapping } from '../options/mapping.ts'
import { readUpload } from '../upload/read-upload.ts'
import { readReading } from '../upload/reading-choices.ts'
import { previewAnswer } from './preview-answer.ts'
import { previewSchema } from './preview-schema.ts'

/** Fields that may come with the file. */
const fieldNames = ['template', 'mapping', 'company', 'encoding', 'delimiter', 'sheet']

const text = { type: 'string' as const }

const preview = createRoute({
  method: 'post',
  path: '/imports/preview',
  tags: ['Imports'],
  security: withKey,
  summary: 'Preview a file before you import it',
  description:
    'Reads the file as an import would and stores nothing. If you send no mapping, the response has the mapping saved ' +
    'for these headers, or a suggestion. Send that mapping with the import, and change it if you like. If you send no ' +
    'template, Muster uses the one whose headers match the file, or `none`. `encoding`, `delimiter` and `sheet` ' +
    'override detection.',
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
              company: { ...text, description: 'Id of the company for rows that name none.' },
              encoding: text,
              delimiter: text,
              sheet: text,
            },
          },
        },
      },
    },
  },
  responses: { 200: json(previewSchema, 'The content of the file.'), ...problems(400, 413, 415, 422) },
})

/** Previews of a file, which is stored only while it is read. */
export function importPreviewRoutes(deps: ApiDeps) {
  const { db } = deps
  return new OpenAPIHono<AppEnv>().openapi(preview, async (c) => {
    const { file, template: id, ...asked } = await readUpload(c, deps, fieldNames)
    try {
      const caller = c.get('caller')
      const template = id === undefined || id === '' ? null : checkTemplate(id)
      const mapping = readMapping(template ?? none, asked.mapping)
      const company = await defaultCompany(db, asked.company, caller)
      const reading = readReading(asked)
      const choices = { template, mapping, reading, company }
      return c.json(await previewAnswer(deps, file, choices, caller, c.req.raw.signal), 200)
    } finally {
      await removeFile(db, file.fileId)
    }
  })
}
