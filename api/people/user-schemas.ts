import { z } from '@hono/zod-openapi'
import type { PersonRecord } from '../../db/people/find/people.ts'
import { idSchema, idsSchema, timeSchema } from '../http/schemas/common.ts'
import { optionsSchema } from '../imports/options/options-schema.ts'

export const userStatuses = ['invited', 'pending', 'active', 'disabled'] as const

export const userSchema = z
  .object({
    id: z.string().openapi({ format: 'uuid' }),
    email: z.string().openapi({ example: 'ada@example.com' }),
    firstName: z.string(),
    lastName: z.string().nullable(),
    company: z
      .string()
      .nullable()
      .openapi({ description: 'null is a user without a company, whom only platform-wide keys see.' }),
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
      description: '`invited`: an invitation without an account. `pending`: an account without a password.',
    }),
    activatedAt: timeSchema.nullable().openapi({ description: 'When the user got a first password. null before.' }),
    courses: z.array(z.string()),
  })
  .openapi('User')

/** Converts a user or an invitation to JSON. */
export function userJson({ invited: _, activatedAt, ...person }: PersonRecord): z.infer<typeof userSchema> {
  return { ...person, activatedAt: activatedAt?.toISOString() ?? null }
}

/** The text of a cell. The rules of a row define which text is valid. null is an empty cell. */
const cell = z.string().nullable()
const id = idSchema.toLowerCase()

const customSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()])).openapi({
  description: 'Values of custom fields by key. A change keeps the values that it does not name. null removes a value.',
  example: { costCentre: 'R-12', startDate: '2026-03-05' },
})

const fields = {
  firstName: cell.optional(),
  lastName: cell.optional(),
  company: id.nullable().optional().openapi({
    description:
      'Default: the company of the key, if it has exactly one. Users without a company need a platform-wide key.',
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

/** The values of a row of a file, and the import options that apply to one user. */
function newPersonSchema(sendEmail: boolean) {
  return z.strictObject({
    email: z.string().openapi({ format: 'email', example: 'ada@example.com' }),
    ...fields,
    language: cell.optional().openapi({ description: 'A BCP 47 tag. Default: en.', example: 'en-GB' }),
    enabled: z.boolean().default(true),
    enrol: enrol.openapi({
      description: 'Ids of courses, and of collections and campaigns whose courses the user takes.',
    }),
    sendEmail: z.boolean().default(sendEmail).openapi({
      example: true,
      description: 'Send the activation e-mail now. Disabled users get none.',
    }),
    message: message.openapi({ description: 'A personal message in the e-mail.' }),
    deliverTo: deliverTo.openapi({ description: '`importer` sends the e-mail to the contact address of the key.' }),
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
