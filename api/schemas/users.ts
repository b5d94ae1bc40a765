import { z } from '@hono/zod-openapi'
import type { UserRecord } from '../../db/queries/users.ts'
import { parseEmail } from '../../domain/email.ts'
import { parseLanguage } from '../../domain/language.ts'
import { MAX_TEXT } from '../../domain/limits.ts'
import { plainText } from '../plain-text.ts'
import { idsSchema } from './catalogue.ts'
import { idSchema, pageQuery } from './common.ts'

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
    custom: z.record(z.string(), z.unknown()),
    enabled: z.boolean(),
    status: z.enum(userStatuses).openapi({ description: '`pending`: has an account and no password yet.' }),
    courses: z.array(z.string()),
  })
  .openapi('User')

/** A user as the API shows one. Permission sets and custom fields do not exist yet. */
export function userJson(user: UserRecord): z.infer<typeof userSchema> {
  const { first_name, last_name, company_id, cohort_id, job_role, ...rest } = user
  return {
    ...rest,
    firstName: first_name,
    lastName: last_name,
    company: company_id,
    cohort: cohort_id,
    jobRole: job_role,
    permissionSet: null,
    custom: {},
  }
}

/** Text by the rules of a cell (domain/person.ts): trimmed, at most 1,000 characters. */
const text = z
  .string()
  .trim()
  .max(MAX_TEXT)
  .refine((value) => value === plainText(value), { error: 'holds characters that cannot be stored' })
const required = text.min(1, { error: 'a value is required' })
/** An empty text is none, as an empty cell is. */
const optional = text.transform((value) => value || null).nullable()

/** Both forms of an address, or a complaint. */
const emailSchema = z
  .string()
  .transform((value, context) => {
    const email = parseEmail(value)
    if (email) return email
    context.addIssue({ code: 'custom', message: 'expected one e-mail address such as ada@example.com' })
    return z.NEVER
  })
  .openapi({ type: 'string', format: 'email', example: 'ada@example.com' })

const languageSchema = z
  .string()
  .transform((value, context) => {
    const language = parseLanguage(value)
    if (language) return language
    context.addIssue({ code: 'custom', message: 'expected a BCP 47 language tag such as en-GB' })
    return z.NEVER
  })
  .openapi({ type: 'string', example: 'en-GB' })

const optionalFields = {
  lastName: optional.optional(),
  cohort: idSchema.toLowerCase().nullable().optional(),
  groups: idsSchema.optional(),
  jobRole: optional.optional(),
  region: optional.optional(),
  description: optional.optional(),
  label: optional.optional(),
  courses: idsSchema.optional(),
}

export const newUserSchema = z.strictObject({
  email: emailSchema,
  firstName: required,
  company: idSchema.toLowerCase(),
  language: languageSchema,
  enabled: z.boolean().default(true),
  ...optionalFields,
})

export const userChangeSchema = z.strictObject({
  email: emailSchema.optional(),
  firstName: required.optional(),
  company: idSchema.toLowerCase().optional(),
  language: languageSchema.optional(),
  enabled: z.boolean().optional(),
  ...optionalFields,
})
export type UserChange = z.infer<typeof userChangeSchema>

export const userQuery = z.object({
  email: emailSchema.optional().openapi({ description: 'In any spelling that is the same address.' }),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  company: idSchema.optional(),
  cohort: idSchema.optional(),
  group: idSchema.optional(),
  course: idSchema.optional(),
  language: z.string().optional(),
  jobRole: z.string().optional(),
  region: z.string().optional(),
  label: z.string().optional(),
  enabled: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional(),
  status: z.enum(userStatuses).optional(),
  ...pageQuery(),
})
