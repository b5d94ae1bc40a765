import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { defaultsOf } from '../../domain/imports/options.ts'
import { mustBeFilled, platformFields, type Template, templates } from '../../domain/people/templates/index.ts'
import type { AppEnv } from '../http/deps.ts'
import { notFound } from '../http/problems.ts'
import { json, listOf, pathId, problems, withKey } from '../http/schemas/common.ts'
import { templateCsv, templateXlsx } from './template-files.ts'
import { XLSX_TYPE } from './upload/read-upload.ts'

const base = { tags: ['Templates'], security: withKey }

const columnSchema = z.object({
  header: z.string().openapi({ example: 'companyName' }),
  field: z.string().openapi({ example: 'company' }),
  required: z.boolean().openapi({ description: 'The file must have this column.' }),
  filled: z.boolean().openapi({ description: 'No cell of this column may be empty.' }),
  numbered: z
    .boolean()
    .openapi({ description: 'Any number of columns. Each header is this header, a space, and 1, 2, 3, …' }),
  rule: z.string(),
})

const fieldSchema = z.object({
  field: z.string().openapi({ description: 'The key in a mapping. If `numbered`, a space and 1, 2, 3, … follow.' }),
  label: z.string(),
  required: z.boolean(),
  numbered: z.boolean(),
  rule: z.string(),
})

const templateSchema = z
  .object({
    id: z.string().openapi({ example: 'onboarding' }),
    name: z.string(),
    purpose: z.string().openapi({ description: 'When to use the template, in one sentence.' }),
    headers: z.enum(['exact', 'in-order', 'matched']).openapi({
      description:
        '`exact`: the headers of the template in any order. `in-order`: in the order of the template. `matched`: any ' +
        'headers, with a mapping.',
    }),
    formats: z.array(z.enum(['csv', 'xlsx'])),
    columns: z.array(columnSchema),
    fields: z.array(fieldSchema).openapi({
      description: 'For `matched` headers: the fields that a column can be matched to, besides custom fields.',
    }),
    defaults: z.record(z.string(), z.unknown()).openapi({ description: 'The options of an import that sets none.' }),
    requires: z
      .array(z.string())
      .openapi({ description: 'Options that an import must set.', example: ['permissionSet'] }),
    example: z.object({ header: z.array(z.string()), rows: z.array(z.array(z.string())) }),
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
  description: 'Add `.csv` or `.xlsx` to the id to get a file with the headers and three example rows.',
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

/** Templates, which are the same for every caller. */
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

function templateJson(template: Template): z.infer<typeof templateSchema> {
  const { id, name, purpose, headers, formats, columns, requires, exampleHeader, examples } = template
  const self = `/v1/templates/${id}`
  return {
    id,
    name,
    purpose,
    headers,
    formats: [...formats],
    columns: columns.map((column) => {
      const { header, field, required, numbered = false, rule } = column
      return { header, field, required, filled: mustBeFilled(column), numbered, rule }
    }),
    fields: platformFields(template),
    defaults: { ...defaultsOf(template) },
    requires: [...requires],
    example: { header: [...exampleHeader], rows: examples.map((row) => [...row]) },
    links: { self, csv: `${self}.csv`, xlsx: `${self}.xlsx` },
  }
}
