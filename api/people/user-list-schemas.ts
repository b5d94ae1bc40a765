import { z } from '@hono/zod-openapi'
import { parseEmail } from '../../domain/people/email.ts'
import { idSchema, pageQuery } from '../http/schemas/common.ts'
import { countSchema, everyQuery, offsetQuery } from '../http/schemas/places.ts'
import { storable } from '../http/schemas/storable-text.ts'
import { userStatuses } from './user-schemas.ts'

const emailFilter = z
  .string()
  .transform((value, context) => {
    const email = parseEmail(value)
    if (email) return email
    context.addIssue({ code: 'custom', message: 'expected one e-mail address such as ada@example.com' })
    return z.NEVER
  })
  .optional()
  .openapi({ type: 'string', format: 'email', description: 'In any spelling of the same address.' })

/** Refuses characters that the database cannot store, because no user has them. */
const textFilter = z
  .string()
  .refine(...storable)
  .optional()

/** Query parameters of a search, in addition to the filters by value. */
export const searchFields = {
  q: z
    .string()
    .max(200)
    .refine(...storable)
    .transform((value) => value.trim() || undefined)
    .optional()
    .openapi({
      type: 'string',
      description: 'Words that begin the e-mail address, first name or last name, in any case and order.',
      example: 'ada love',
    }),
  import: idSchema.optional().openapi({ description: 'Id of an import that created, changed or skipped the user.' }),
  link: z.enum(['expired']).optional().openapi({
    description: '`expired`: users who are not active and whose last link expired.',
  }),
}

const userFilter = {
  email: emailFilter,
  firstName: textFilter,
  lastName: textFilter,
  company: idSchema.optional(),
  cohort: idSchema.optional(),
  group: idSchema.optional(),
  course: idSchema.optional(),
  language: textFilter,
  jobRole: textFilter,
  region: textFilter,
  description: textFilter,
  label: textFilter,
  permissionSet: idSchema.optional(),
  enabled: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional(),
  status: z.enum(userStatuses).optional(),
  ...searchFields,
}

export const userQuery = z.object({ ...userFilter, ...pageQuery(), ...offsetQuery('GET /v1/users/count') })

export const userCountQuery = z.object({ ...userFilter, ...everyQuery })

export const userCountSchema = countSchema('GET /v1/users')

export const invitationQuery = z.object({ email: emailFilter, company: idSchema.optional(), ...pageQuery() })
