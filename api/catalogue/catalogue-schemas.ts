import { z } from '@hono/zod-openapi'
import { customFieldTypes } from '../../domain/people/fields.ts'
import { timeSchema } from '../http/schemas/common.ts'
import { nameSchema } from '../http/schemas/name.ts'

/** The body of an item that has only a name. */
export const nameBody = z.strictObject({ name: nameSchema })

/** Maximum characters of a search. */
const MAX_SEARCH = 200
export const searchFilter = z
  .string()
  .max(MAX_SEARCH)
  .optional()
  .openapi({ description: 'Words that the name contains, in any case and order.', example: 'fire saf' })
export const nameFilter = z.string().optional().openapi({ description: 'The exact value.' })

/** The key of a custom field, which mappings and stored values use: letters, digits and underscores. */
export const fieldKeySchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9_]{0,62}$/, {
    error: 'expected a lower-case letter, then at most 62 letters (a to z), digits or underscores',
  })
  .openapi({ example: 'costCentre' })

/** Maximum choices of one field, because people pick from them in a list and in a spreadsheet. */
const MAX_CHOICES = 200

/** Distinct choices, compared like cells (domain/people/custom-value.ts). Choices that differ only in case are the same. */
export const choicesSchema = z
  .array(nameSchema)
  .max(MAX_CHOICES)
  .superRefine((choices, check) => {
    const seen = new Set<string>()
    choices.forEach((choice, index) => {
      const plain = choice.normalize('NFC').toLowerCase()
      if (seen.has(plain)) check.addIssue({ code: 'custom', path: [index], message: 'is a duplicate' })
      seen.add(plain)
    })
  })
  .openapi({ example: ['Sales', 'Workshop'] })

/** An RFC 3339 time with its zone, because a time without a zone is ambiguous. */
export const whenSchema = z.iso
  .datetime({ offset: true, abort: true, error: 'expected a time with its zone, such as 2026-03-03T14:02:11Z' })
  .transform((text) => new Date(text))
  .openapi({ type: 'string', format: 'date-time', example: '2026-03-03T14:02:11Z' })

/** The header of each mapped field. */
export const mappingFieldsSchema = z.record(z.string(), z.string()).openapi({
  description: 'Header by field: a field of the template, `title 1`, `title 2`, …, or `custom.<key>`.',
  example: { email: 'E-mail', firstName: 'Given name', 'custom.costCentre': 'Cost centre' },
})

const id = z.string().openapi({ format: 'uuid' })

export const companySchema = z.object({ id, name: z.string() }).openapi('Company')
export const courseSchema = z
  .object({
    id,
    title: z.string(),
    companies: z.array(z.string()).openapi({ description: 'Ids of the companies that may use the course.' }),
  })
  .openapi('Course')
export const cohortSchema = z.object({ id, name: z.string(), company: z.string() }).openapi('Cohort')
export const groupSchema = z.object({ id, name: z.string() }).openapi('Group')
export const permissionSetSchema = z.object({ id, name: z.string() }).openapi('PermissionSet')

const visibleCourses = z
  .array(z.string())
  .openapi({ description: 'Ids of the courses. A limited key sees only those that its companies may use.' })
export const collectionSchema = z.object({ id, name: z.string(), courses: visibleCourses }).openapi('Collection')
export const campaignSchema = z
  .object({ id, name: z.string(), courses: visibleCourses, startsAt: timeSchema, endsAt: timeSchema })
  .openapi('Campaign')

export const customFieldSchema = z
  .object({
    id,
    key: z.string().openapi({ description: 'A mapping refers to the field as `custom.<key>`.', example: 'costCentre' }),
    label: z.string(),
    type: z.enum(customFieldTypes),
    choices: z.array(z.string()).openapi({ description: 'The allowed values. Empty unless the type is `choice`.' }),
  })
  .openapi('CustomField')

export const titleAliasSchema = z
  .object({
    id,
    company: z.string(),
    title: z.string(),
    course: z.string(),
    import: z.string().nullable().openapi({
      description: 'The only import that the alias applies to. null is every later import of the company.',
    }),
    createdBy: z.string().openapi({ description: 'Name of the API key or administrator.' }),
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
    createdBy: z.string().openapi({ description: 'Name of the API key or administrator.' }),
    createdAt: timeSchema,
    updatedAt: timeSchema,
  })
  .openapi('Mapping')
