import { z } from '@hono/zod-openapi'
import { customFieldTypes } from '../../domain/people/fields.ts'
import { plainText } from '../http/plain-text.ts'
import { idSchema, timeSchema } from '../http/schemas/common.ts'

/** Characters of a name or title: an entry of a B-tree holds no more than 2,704 bytes. */
const MAX_NAME = 255

/** A name as people compare it: no space around it, and nothing in it that cannot be stored. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, { error: 'expected a name' })
  .max(MAX_NAME)
  .refine((name) => name === plainText(name), { error: 'holds characters that cannot be stored' })

/** What is no more than its name. */
export const nameBody = z.strictObject({ name: nameSchema })
/** Characters of a search. */
const MAX_SEARCH = 200
export const searchFilter = z
  .string()
  .max(MAX_SEARCH)
  .optional()
  .openapi({ description: 'Words that all stand somewhere in the name, in any case.', example: 'fire saf' })
export const nameFilter = z.string().optional().openapi({ description: 'Exactly.' })

export const idsSchema = z
  .array(idSchema.toLowerCase())
  .max(10_000)
  .transform((ids) => [...new Set(ids)])

/** Letters, digits and underscores: mappings name the field by it, and values are kept under it. */
export const fieldKeySchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9_]{0,62}$/, {
    error: 'expected a lower-case letter, then at most 62 letters (a to z), digits or underscores',
  })
  .openapi({ example: 'costCentre' })

/** Choices of one field: a person picks from them, in a list and in a spreadsheet. */
const MAX_CHOICES = 200

/** Compared as cells are (domain/people/custom-value.ts): two that differ only in case would be one to a person. */
export const choicesSchema = z
  .array(nameSchema)
  .max(MAX_CHOICES)
  .superRefine((choices, check) => {
    const seen = new Set<string>()
    choices.forEach((choice, index) => {
      const plain = choice.normalize('NFC').toLowerCase()
      if (seen.has(plain)) check.addIssue({ code: 'custom', path: [index], message: 'stands twice' })
      seen.add(plain)
    })
  })
  .openapi({ example: ['Sales', 'Workshop'] })

/** RFC 3339 with its zone: without one, a time means another moment to every reader. */
export const whenSchema = z.iso
  .datetime({ offset: true, abort: true, error: 'expected a time with its zone, such as 2026-03-03T14:02:11Z' })
  .transform((text) => new Date(text))
  .openapi({ type: 'string', format: 'date-time', example: '2026-03-03T14:02:11Z' })

/** Header by field. */
export const mappingFieldsSchema = z.record(z.string(), z.string()).openapi({
  description: 'Header by field: a field of the template, `title 1`, `title 2`, …, or `custom.<key>`.',
  example: { email: 'E-mail', firstName: 'Given name', 'custom.costCentre': 'Cost centre' },
})

const id = z.string().openapi({ format: 'uuid' })

export const companySchema = z.object({ id, name: z.string() }).openapi('Company')
export const courseSchema = z
  .object({ id, title: z.string(), companies: z.array(z.string()).openapi({ description: 'Those that may use it.' }) })
  .openapi('Course')
export const cohortSchema = z.object({ id, name: z.string(), company: z.string() }).openapi('Cohort')
export const groupSchema = z.object({ id, name: z.string() }).openapi('Group')
export const permissionSetSchema = z.object({ id, name: z.string() }).openapi('PermissionSet')

const visibleCourses = z
  .array(z.string())
  .openapi({ description: 'Of these, a limited key sees those that its companies may use.' })
export const collectionSchema = z.object({ id, name: z.string(), courses: visibleCourses }).openapi('Collection')
export const campaignSchema = z
  .object({ id, name: z.string(), courses: visibleCourses, startsAt: timeSchema, endsAt: timeSchema })
  .openapi('Campaign')

export const customFieldSchema = z
  .object({
    id,
    key: z.string().openapi({ description: 'A mapping names the field `custom.<key>`.', example: 'costCentre' }),
    label: z.string(),
    type: z.enum(customFieldTypes),
    choices: z.array(z.string()).openapi({ description: 'The values allowed; empty unless the type is `choice`.' }),
  })
  .openapi('CustomField')

export const titleAliasSchema = z
  .object({
    id,
    company: z.string(),
    title: z.string(),
    course: z.string(),
    import: z
      .string()
      .nullable()
      .openapi({ description: 'The only import that it is for; null: every one from then on.' }),
    createdBy: z.string().openapi({ description: 'Name of the API key.' }),
    createdAt: timeSchema,
  })
  .openapi('TitleAlias')

export const mappingSchema = z
  .object({
    id,
    company: z.string(),
    template: z.string(),
    headers: z.array(z.string()),
    mapping: mappingFieldsSchema,
    createdBy: z.string().openapi({ description: 'Name of the API key.' }),
    createdAt: timeSchema,
    updatedAt: timeSchema,
  })
  .openapi('Mapping')
