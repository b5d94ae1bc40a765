import { z } from '@hono/zod-openapi'
import { importStatuses } from '../../../domain/imports/states.ts'
import { problemSchema, timeSchema } from '../../http/schemas/common.ts'

const fileSchema = z.object({
  name: z.string(),
  size: z.int(),
  sha256: z.string(),
  format: z.enum(['csv', 'xlsx']).optional(),
  encoding: z.string().nullable().optional(),
  delimiter: z.string().nullable().optional(),
  sheet: z.string().nullable().optional(),
  sheets: z.array(z.string()).nullable().optional().openapi({
    description: 'For a workbook: its sheets, at most the first 100.',
  }),
  evidence: z
    .array(z.string())
    .optional()
    .openapi({ description: 'The reasons for the detected format, in sentences.' }),
})

const columnSchema = z.object({
  header: z.string(),
  field: z
    .string()
    .nullable()
    .openapi({ description: 'A key of the mapping. null: the column is not imported.', example: 'email' }),
  source: z.enum(['given', 'saved', 'template', 'header', 'cells']).nullable().openapi({
    description: 'The source of the field. `header` and `cells` are suggestions.',
  }),
  samples: z.array(z.string()).openapi({ description: 'The first three cells of the column that are not empty.' }),
})

const earlierSchema = z.object({
  id: z.string(),
  status: z.enum(importStatuses),
  startedBy: z.string(),
  createdAt: timeSchema,
})

/** The content of a file before it is imported. */
export const previewSchema = z
  .object({
    file: fileSchema,
    template: z
      .string()
      .nullable()
      .openapi({ description: 'The template of the request, or the one that the headers match.' }),
    headers: z.array(z.string()),
    cells: z.array(z.array(z.string())).openapi({ description: 'The first 10 records as written.' }),
    mapping: z.record(z.string(), z.string()).openapi({
      description: 'Header by field. Send it with the import, unless the template has its own headers.',
    }),
    mappingSource: z.enum(['given', 'template', 'saved', 'suggested']).nullable(),
    savedMapping: z.string().nullable().openapi({ description: 'Id of the saved mapping that was used.' }),
    columns: z.array(columnSchema).openapi({ description: 'The columns of the file, in its order.' }),
    missing: z.array(z.string()).openapi({ description: 'Required fields without a column.' }),
    people: z
      .array(z.object({ row: z.int() }).loose())
      .openapi({ description: 'The first 10 records as an import would read them.' }),
    records: z.int(),
    problems: z.array(problemSchema).openapi({ description: 'Problems that would reject the whole file.' }),
    seenBefore: z.array(z.string()).openapi({ description: 'Imports of the same file, newest first.' }),
    earlier: z.array(earlierSchema).openapi({ description: 'The same imports with status, starter and time.' }),
  })
  .openapi('Preview')
