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
  required: z.boolean().openapi({ description: 'The file must have it.' }),
  filled: z.boolean().openapi({ description: 'Every cell below must be filled in.' }),
  numbered: z.boolean().openapi({ description: 'Any number of columns: the header, a space, 1, 2, 3, …' }),
  rule: z.string(),
})

const fieldSchema = z.object({
  field: z.string().openapi({ description: 'Key in a mapping; with `numbered` followed by a space and 1, 2, 3, …' }),
  label: z.string(),
  required: z.boolean(),
  numbered: z.boolean(),
  rule: z.string(),
})

const templateSchema = z
  .object({
    id: z.string().openapi({ example: 'onboarding' }),
    name: z.string(),
    purpose: z.string().openapi({ description: 'When to take it, in a sentence.' }),
    headers: z.enum(['exact', 'in-order', 'matched']).openapi({
      description: 'The headers of the template in any order, or in its order, or any headers, with a mapping.',
    }),
    formats: z.array(z.enum(['csv', 'xlsx'])),
    columns: z.array(columnSchema),
    fields: z.array(fieldSchema).openapi({
      description: 'Where columns are matched: what they can be matched to, beside custom fields.',
    }),
    defaults: z.record(z.string(), z.unknown()).openapi({ description: 'The options of an import that chooses none.' }),
    requires: z.array(z.string()).openapi({ description: 'Options that must be chosen.', example: ['permissionSet'] }),
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
