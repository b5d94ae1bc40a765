import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { removeFile } from '../../../db/files/files.ts'
import { none } from '../../../domain/people/templates/index.ts'
import type { ApiDeps, AppEnv } from '../../http/deps.ts'
import { json, problems, withKey } from '../../http/schemas/common.ts'
import { checkTemplate } from '../options/import-choices.ts'
import { readMapping } from '../options/mapping.ts'
import { readUpload } from '../upload/read-upload.ts'
import { readReading } from '../upload/reading-choices.ts'
import { defaultCompany, previewAnswer } from './preview-answer.ts'
import { previewSchema } from './preview-schema.ts'

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
