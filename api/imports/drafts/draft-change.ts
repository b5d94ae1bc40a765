import { z } from '@hono/zod-openapi'
import type { Updateable } from 'kysely'
import type { DraftRecord } from '../../../db/imports/drafts.ts'
import type { DraftsTable } from '../../../db/tables/drafts.ts'
import { none } from '../../../domain/people/templates/index.ts'
import { checkTemplate } from '../options/import-choices.ts'
import { readMapping } from '../options/mapping.ts'
import { describe, invalid } from '../options/option-errors.ts'
import { optionsSchema } from '../options/options-schema.ts'
import { readReading } from '../upload/reading-choices.ts'
import { mappingSchema, readingSchema, stepSchema } from './draft-schemas.ts'

/** The changes to a draft. An omitted field keeps its value. A given field replaces the old value. */
export const draftChangeSchema = z.strictObject({
  template: z.string().nullable().optional(),
  mapping: mappingSchema.optional(),
  options: z.record(z.string(), z.unknown()).optional().openapi({
    description: 'ImportOptions without `passwords.default`, which is sent when the draft is imported.',
  }),
  reading: readingSchema.strict().optional(),
  step: stepSchema.optional(),
})

/**
 * Validates a change without the database. The import of the draft checks whether ids exist.
 *
 * @throws ApiProblem 422 that names the invalid fields
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
  const message = 'A draft does not store a password. Send it when you import the draft.'
  throw invalid([{ option: 'passwords.default', code: 'password-misplaced', message }])
}
