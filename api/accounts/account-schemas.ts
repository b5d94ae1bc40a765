import { z } from '@hono/zod-openapi'
import type { Account } from '../../db/accounts/accounts.ts'
import { MAX_PASSWORD, MIN_PASSWORD } from '../../domain/passwords/password.ts'
import { parseEmail } from '../../domain/people/email.ts'
import { plainText } from '../http/plain-text.ts'
import { idSchema, timeSchema } from '../http/schemas/common.ts'

/** Maximum characters of a text that is compared with a secret. No password is longer. */
const MAX_SECRET_CHARACTERS = 1_000

export const secretSchema = z.string().min(1).max(MAX_SECRET_CHARACTERS)

export const newPasswordSchema = z
  .string()
  .max(MAX_SECRET_CHARACTERS)
  .openapi({
    description: `${MIN_PASSWORD} to ${MAX_PASSWORD} characters of any kind. Common passwords are refused.`,
    format: 'password',
  })

/** The six digits of an authenticator app, or a backup code. */
export const codeSchema = z.string().trim().min(6).max(40).openapi({ example: '123456' })

/** An address in canonical form, which is stored and used for e-mails. It must also satisfy better-auth. */
export const accountEmailSchema = z
  .string()
  .transform((value) => parseEmail(value)?.key ?? '')
  .refine((value) => z.email().safeParse(value).success, { error: 'expected one e-mail address' })
  .openapi({ type: 'string', format: 'email' })

export const accountNameSchema = z
  .string()
  .max(200)
  .transform((value) => plainText(value).trim())
  .refine((value) => value !== '', { error: 'expected a name' })

export const roleSchema = z.enum(['platform', 'companies']).openapi({
  example: 'companies',
  description: '`platform`: the whole platform. `companies`: only the listed companies.',
})

const companies = z.array(idSchema).nullable()

/** The administrator who is signed in. */
export const ownAccountSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    email: z.string(),
    role: roleSchema,
    companies: companies.openapi({ description: 'Ids of companies. null is the whole platform.' }),
    secondFactor: z.boolean(),
  })
  .openapi('OwnAccount')

export const accountSchema = ownAccountSchema
  .extend({
    status: z.enum(['invited', 'active', 'disabled']),
    createdAt: timeSchema,
  })
  .openapi('Account')

export const invitationLinkSchema = z
  .object({
    url: z.string().openapi({ description: 'Works once. Only this response and the e-mail contain it.' }),
    expiresAt: timeSchema,
  })
  .openapi('InvitationLink')

export const MAX_COMPANIES = 1_000

/** A role and its companies. The role `platform` has no companies. */
export const rightsFields = {
  role: roleSchema,
  companies: z.array(idSchema).min(1).max(MAX_COMPANIES),
}

export function ownAccountJson(account: Account): z.infer<typeof ownAccountSchema> {
  const { id, name, email, role, companies, secondFactor } = account
  return { id, name, email, role, companies, secondFactor }
}

export function accountJson(account: Account): z.infer<typeof accountSchema> {
  const status = account.disabledAt !== null ? 'disabled' : account.active ? 'active' : 'invited'
  return { ...ownAccountJson(account), status, createdAt: account.createdAt.toISOString() }
}
