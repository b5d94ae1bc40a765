import { z } from '@hono/zod-openapi'
import type { PersonRecord } from '../../db/people/find/people.ts'
import { idsSchema } from '../catalogue/catalogue-schemas.ts'
import { idSchema, timeSchema } from '../http/schemas/common.ts'
import { optionsSchema } from '../imports/options/options-schema.ts'

export const userStatuses = ['invited', 'pending', 'active', 'disabled'] as const

export const userSchema = z
  .object({
    id: z.string().openapi({ format: 'uuid' }),
    email: z.string().openapi({ example: 'ada@example.com' }),
    firstName: z.string(),
    lastName: z.string().nullable(),
    company: z.string().nullable().openapi({ description: 'null: of no company; seen by platform-wide keys only.' }),
    cohort: z.string().nullable(),
    groups: z.array(z.string()),
    language: z.string().openapi({ example: 'en-GB' }),
    jobRole: z.string().nullable(),
    region: z.string().nullable(),
    description: z.string().nullable(),
    label: z.string().nullable(),
    permissionSet: z.string().nullable(),
    custom: z.record(z.string(), z.unknown()).openapi({ description: 'Values of custom fields by key.' }),
    enabled: z.boolean(),
    status: z.enum(userStatuses).openapi({
      description:
        '`invited`: there is no account before it is accepted. `pending`: an account without a password yet.',
    }),
    activatedAt: timeSchema
      .nullable()
      .openapi({ description: 'When this person came to a first password; null before.' }),
    courses: z.array(z.string()),
  })
  .openapi('User')

/** A person as the API shows one. */
export function userJson({ invited: _, activatedAt, ...person }: PersonRecord): z.infer<typeof userSchema> {
  return { ...person, activatedAt: activatedAt?.toISOString() ?? null }
}

/** Text as a cell holds it: what may stand in it is said by the rules of a row. null is an empty cell. */
const cell = z.string().nullable()
const id = idSchema.toLowerCase()

const customSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()])).openapi({
  description: 'Values of custom fields by key. A change keeps those that it does not name; null takes one away.',
  example: { costCentre: 'R-12', startDate: '2026-03-05' },
})

const fields = {
  firstName: cell.optional(),
  lastName: cell.optional(),
  company: id.nullable().optional().openapi({
    description: 'Default: the only company of the key. Of no company are people of platform-wide keys only.',
  }),
  cohort: id.nullable().optional(),
  groups: idsSchema.optional(),
  jobRole: cell.optional(),
  region: cell.optional(),
  description: cell.optional(),
  label: cell.optional(),
  permissionSet: id.nullable().optional(),
  custom: customSchema.optional(),
  courses: idsSchema.optional(),
}

const { message, deliverTo, enrol } = optionsSchema.shape

/** Everything that a row of a file and the options of an import give to a person. */
function newPersonSchema(sendEmail: boolean) {
  return z.strictObject({
    email: z.string().openapi({ format: 'email', example: 'ada@example.com' }),
    ...fields,
    language: cell.optional().openapi({ description: 'A BCP 47 tag. Default: en.', example: 'en-GB' }),
    enabled: z.boolean().default(true),
    enrol: enrol.openapi({ description: 'Courses, and collections and campaigns whose courses are meant, by id.' }),
    sendEmail: z.boolean().default(sendEmail).openapi({
      example: true,
      description: 'The activation e-mail goes out at once. Whoever is disabled gets none.',
    }),
    message: message.openapi({ description: 'Personal text placed in the e-mail.' }),
    deliverTo: deliverTo.openapi({ description: '`importer`: the e-mail goes to the contact address of the key.' }),
  })
}

export const newUserSchema = newPersonSchema(false)
export const newInvitationSchema = newPersonSchema(true)
export type NewPersonBody = z.infer<typeof newUserSchema>

export const userChangeSchema = z.strictObject({
  email: z.string().optional(),
  ...fields,
  language: z.string().optional(),
  enabled: z.boolean().optional(),
})
export type UserChange = z.infer<typeof userChangeSchema>
