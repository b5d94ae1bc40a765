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
    description: 'Of a workbook: the sheets that can be chosen; of very many the first 100.',
  }),
  evidence: z.array(z.string()).optional().openapi({ description: 'Why the file was read so, in sentences.' }),
})

const columnSchema = z.object({
  header: z.string(),
  field: z.string().nullable().openapi({ description: 'A key of the mapping; null: not imported.', example: 'email' }),
  source: z.enum(['given', 'saved', 'template', 'header', 'cells']).nullable().openapi({
    description: 'Where the field comes from; `header` and `cells` are suggestions.',
  }),
  samples: z.array(z.string()).openapi({ description: 'Its first three cells that are not empty.' }),
})

const earlierSchema = z.object({
  id: z.string(),
  status: z.enum(importStatuses),
  startedBy: z.string(),
  createdAt: timeSchema,
})

/** What a file holds, before anything is made of it. */
export const previewSchema = z
  .object({
    file: fileSchema,
    template: z.string().nullable().openapi({ description: 'The one asked for, or the one that the headers fit.' }),
    headers: z.array(z.string()),
    cells: z.array(z.array(z.string())).openapi({ description: 'The first 10 records as written.' }),
    mapping: z.record(z.string(), z.string()).openapi({
      description: 'Header by field. Send it with the import, unless the template has headers of its own.',
    }),
    mappingSource: z.enum(['given', 'template', 'saved', 'suggested']).nullable(),
    savedMapping: z.string().nullable().openapi({ description: 'Id of the saved mapping that was taken.' }),
    columns: z.array(columnSchema).openapi({ description: 'The columns of the file, in its order.' }),
    missing: z.array(z.string()).openapi({ description: 'Required fields that no column is given to.' }),
    people: z.array(z.object({ row: z.int() }).loose()).openapi({ description: 'The first 10 as they will be read.' }),
    records: z.int(),
    problems: z.array(problemSchema).openapi({ description: 'What would refuse the whole file.' }),
    seenBefore: z.array(z.string()).openapi({ description: 'Imports of this very file, newest first.' }),
    earlier: z.array(earlierSchema).openapi({ description: 'The same imports: how they ended, who began them, when.' }),
  })
  .openapi('Preview')
