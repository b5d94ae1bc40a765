import { z } from '@hono/zod-openapi'
import type { DraftRecord } from '../../../db/imports/drafts.ts'
import { draftSteps } from '../../../db/tables/drafts.ts'
import { timeSchema } from '../../http/schemas/common.ts'
import { optionsSchema } from '../options/options-schema.ts'

export const mappingSchema = z.record(z.string(), z.string()).nullable().openapi({
  description: 'Header by field. null: as Muster suggests, or as the template defines.',
})

export const readingSchema = z
  .object({ encoding: z.string().optional(), delimiter: z.string().optional(), sheet: z.string().optional() })
  .openapi({ description: 'Overrides detection. Omitted fields are detected.' })

export const stepSchema = z.enum(draftSteps).openapi({ description: 'The step that the administrator has reached.' })

export const draftSchema = z
  .object({
    id: z.string().openapi({ format: 'uuid' }),
    file: z.object({ name: z.string(), size: z.int(), sha256: z.string() }),
    template: z
      .string()
      .nullable()
      .openapi({ description: 'null: no template was chosen, and the headers match none.' }),
    mapping: mappingSchema,
    options: optionsSchema,
    company: z.string().nullable().openapi({ description: 'The company for rows that name none.' }),
    reading: readingSchema,
    step: stepSchema,
    import: z
      .string()
      .nullable()
      .openapi({ description: 'The import of this draft, until it is confirmed or cancelled.' }),
    updatedAt: timeSchema,
  })
  .openapi('Draft')

/**
 * Returns a draft as the API shows it.
 *
 * @param only the caller's company, if the caller has exactly one
 */
export function draftJson(draft: DraftRecord, only: string | null): z.infer<typeof draftSchema> {
  const { id, name, size, sha256, template, options, step: at, importId, importStatus, updatedAt } = draft
  const chosen = options as z.infer<typeof optionsSchema>
  return {
    id,
    file: { name, size: Number(size), sha256: sha256?.toString('hex') ?? '' },
    template,
    mapping: draft.mapping,
    options: chosen,
    company: chosen.company ?? only,
    reading: draft.reading,
    step: at,
    import: importStatus === 'cancelled' ? null : importId,
    updatedAt: updatedAt.toISOString(),
  }
}
