import { z } from '@hono/zod-openapi'
import type { Updateable } from 'kysely'
import type { DraftRecord } from '../../../db/imports/drafts.ts'
import { type DraftsTable, draftSteps } from '../../../db/tables/drafts.ts'
import { none } from '../../../domain/people/templates/index.ts'
import { timeSchema } from '../../http/schemas/common.ts'
import { checkTemplate } from '../options/import-choices.ts'
import { readMapping } from '../options/mapping.ts'
import { describe, invalid } from '../options/option-errors.ts'
import { optionsSchema } from '../options/options-schema.ts'
import { readReading } from '../upload/reading-choices.ts'

const mapping = z.record(z.string(), z.string()).nullable().openapi({
  description: 'Header by field; null: as the file suggests, or as the template has it.',
})

const reading = z
  .object({ encoding: z.string().optional(), delimiter: z.string().optional(), sheet: z.string().optional() })
  .openapi({ description: 'What is left out is found out.' })

const step = z.enum(draftSteps).openapi({ description: 'How far it has come.' })

export const draftSchema = z
  .object({
    id: z.string().openapi({ format: 'uuid' }),
    file: z.object({ name: z.string(), size: z.int(), sha256: z.string() }),
    template: z.string().nullable().openapi({ description: 'null: nobody has chosen, and the headers fit none.' }),
    mapping,
    options: optionsSchema,
    company: z.string().nullable().openapi({ description: 'Of everybody whose row names none.' }),
    reading,
    step,
    import: z.string().nullable().openapi({ description: 'What it led to, until that is confirmed or cancelled.' }),
    updatedAt: timeSchema,
  })
  .openapi('Draft')

/** What of a draft can be changed. What is left out stays; what is there takes the place of what was. */
export const draftChangeSchema = z.strictObject({
  template: z.string().nullable().optional(),
  mapping: mapping.optional(),
  options: z.record(z.string(), z.unknown()).optional().openapi({
    description: 'ImportOptions without `passwords.default`, which is sent when the draft is imported.',
  }),
  reading: reading.strict().optional(),
  step: step.optional(),
})

/** @param only the one company of the caller, if they have one */
export function draftJson(draft: DraftRecord, only: string | null): z.infer<typeof draftSchema> {
  const { id, name, size, sha256, template, options, step: at, importId, importStatus, updatedAt } = draft
  const given = options as z.infer<typeof optionsSchema>
  return {
    id,
    file: { name, size: Number(size), sha256: sha256?.toString('hex') ?? '' },
    template,
    mapping: draft.mapping,
    options: given,
    company: given.company ?? only,
    reading: draft.reading,
    step: at,
    import: importStatus === 'cancelled' ? null : importId,
    updatedAt: updatedAt.toISOString(),
  }
}

/**
 * Reads a change as far as can be told without the database: whether ids exist is asked when the draft is imported.
 *
 * @throws ApiProblem 422 that says what is wrong
 */
export function readChange(draft: DraftRecord, change: z.infer<typeof draftChangeSchema>): Updateable<DraftsTable> {
  const template = change.template === undefined ? draft.template : change.template
  const changes: Updateable<DraftsTable> = {}
  if (change.template !== undefined) changes.template = template === null ? null : checkTemplate(template).id
  const chosen = template === null ? none : checkTemplate(template)
  if (change.mapping) {
    changes.mapping = JSON.stringify(readMapping(chosen, JSON.stringify(change.mapping)))
  } else if (change.mapping === null || chosen.headers !== 'matched') changes.mapping = null
  if (change.options !== undefined) changes.options = JSON.stringify(readOptions(change.options))
  if (change.reading !== undefined) {
    const { encoding, delimiter, sheet } = change.reading
    changes.reading = JSON.stringify(readReading({ encoding, delimiter, sheet }))
    changes.records = null
  }
  if (change.step !== undefined) changes.step = change.step
  return changes
}

function readOptions(given: unknown): z.infer<typeof optionsSchema> {
  const read = optionsSchema.safeParse(given)
  if (!read.success) throw invalid(read.error.issues.flatMap(describe))
  if (read.data.passwords?.default === undefined) return read.data
  const message = 'A draft keeps no password: send it when you import the draft.'
  throw invalid([{ option: 'passwords.default', code: 'password-misplaced', message }])
}
