import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { removeFile } from '../../db/queries/files.ts'
import { importsOfFile } from '../../db/queries/imports.ts'
import type { ApiDeps, AppEnv } from '../deps.ts'
import { previewFile } from '../preview.ts'
import { json, problemSchema, problems, withKey } from '../schemas/common.ts'
import { checkTemplate } from '../uploads/import-choices.ts'
import { readUpload } from '../uploads/read-upload.ts'
import { readReading } from '../uploads/reading-choices.ts'

const previewSchema = z
  .object({
    file: z.object({
      name: z.string(),
      size: z.int(),
      sha256: z.string(),
      format: z.enum(['csv', 'xlsx']).optional(),
      encoding: z.string().nullable().optional(),
      delimiter: z.string().nullable().optional(),
      sheet: z.string().nullable().optional(),
      evidence: z.array(z.string()).optional().openapi({ description: 'Why the file was read so, in sentences.' }),
    }),
    headers: z.array(z.string()),
    cells: z.array(z.array(z.string())).openapi({ description: 'The first 10 records as written.' }),
    mapping: z.record(z.string(), z.string()).openapi({ description: 'Header by field.' }),
    people: z.array(z.object({ row: z.int() }).loose()).openapi({ description: 'The first 10 as they will be read.' }),
    records: z.int(),
    problems: z.array(problemSchema).openapi({ description: 'What refuses the whole file.' }),
    seenBefore: z.array(z.string()).openapi({ description: 'Imports of this very file, newest first.' }),
  })
  .openapi('Preview')

const fields = { type: 'string' as const }

const preview = createRoute({
  method: 'post',
  path: '/imports/preview',
  tags: ['Imports'],
  security: withKey,
  summary: 'Look at a file before importing it',
  description:
    'Reads the file as an import would and keeps nothing of it. `encoding`, `delimiter` and `sheet` override what was ' +
    'detected; an import takes the same fields.',
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
              template: { type: 'string', default: 'onboarding' },
              encoding: fields,
              delimiter: fields,
              sheet: fields,
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
    const { file, template = 'onboarding', ...words } = await readUpload(c, deps)
    try {
      checkTemplate(template)
      const seen = await importsOfFile(db, file.sha256, c.get('caller').companies)
      const shown = await previewFile(db, file, template, readReading(words))
      return c.json({ ...shown, seenBefore: seen }, 200)
    } finally {
      await removeFile(db, file.fileId)
    }
  })
}
