import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { type Template, templates } from '../../domain/templates/index.ts'
import type { AppEnv } from '../deps.ts'
import { notFound } from '../problems.ts'
import { json, listOf, pathId, problems, withKey } from '../schemas/common.ts'
import { templateCsv, templateXlsx } from '../template-files.ts'
import { XLSX_TYPE } from '../uploads/read-upload.ts'

const base = { tags: ['Templates'], security: withKey }

const templateSchema = z
  .object({
    id: z.string().openapi({ example: 'onboarding' }),
    name: z.string(),
    purpose: z.string(),
    formats: z.array(z.enum(['csv', 'xlsx'])),
    columns: z.array(
      z.object({
        header: z.string().openapi({ example: 'companyName' }),
        field: z.string(),
        required: z.boolean(),
        numbered: z.boolean().openapi({ description: 'Any number of columns: the header, a space, 1, 2, 3, …' }),
        rule: z.string(),
      }),
    ),
    links: z.object({ self: z.string(), csv: z.string(), xlsx: z.string() }),
  })
  .openapi('Template')

const list = createRoute({
  ...base,
  method: 'get',
  path: '/templates',
  summary: 'List templates',
  responses: { 200: json(listOf(templateSchema), 'Templates.'), ...problems() },
})

const read = createRoute({
  ...base,
  method: 'get',
  path: '/templates/{id}',
  summary: 'Read a template, or download it',
  description: 'With `.csv` or `.xlsx` after its id: a file with its headers and three example rows.',
  request: { params: pathId },
  responses: {
    200: {
      description: 'The template.',
      content: {
        'application/json': { schema: templateSchema },
        'text/csv': { schema: { type: 'string' as const } },
        [XLSX_TYPE]: { schema: { type: 'string' as const, format: 'binary' } },
      },
    },
    ...problems(404),
  },
})

/** Templates are the same for everybody. */
export function templateRoutes() {
  return new OpenAPIHono<AppEnv>()
    .openapi(list, (c) => c.json({ items: [...templates.values()].map(templateJson), next: null }, 200))
    .openapi(read, async (c) => {
      const [, id = '', extension] = /^(.*?)(?:\.(csv|xlsx))?$/.exec(c.req.valid('param').id) ?? []
      const template = templates.get(id)
      if (!template) throw notFound('template')
      if (extension === 'csv') return templateCsv(template) as never
      if (extension === 'xlsx') return (await templateXlsx(template)) as never
      return c.json(templateJson(template), 200)
    })
}

function templateJson({ id, name, purpose, formats, columns }: Template): z.infer<typeof templateSchema> {
  const self = `/v1/templates/${id}`
  return {
    id,
    name,
    purpose,
    formats: [...formats],
    columns: columns.map(({ numbered = false, ...column }) => ({ ...column, numbered })),
    links: { self, csv: `${self}.csv`, xlsx: `${self}.xlsx` },
  }
}
