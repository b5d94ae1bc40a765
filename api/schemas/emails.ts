import { z } from '@hono/zod-openapi'
import type { EmailRecord } from '../../db/queries/emails.ts'
import { timeSchema } from './common.ts'

export const emailStates = ['queued', 'sending', 'sent', 'failed', 'superseded'] as const

export const emailSchema = z
  .object({
    id: z.string().openapi({ format: 'uuid' }),
    email: z.string().nullable().openapi({ description: 'Where it goes; null when nobody is there any more.' }),
    user: z.string().nullable().openapi({ description: 'The person whom it is about.' }),
    kind: z.enum(['activation', 'password', 'welcome']),
    state: z
      .enum(emailStates)
      .openapi({ description: '`superseded`: a newer one took its place, or it was taken back.' }),
    createdAt: timeSchema,
    sentAt: timeSchema.nullable().openapi({ description: 'When the mail server took it.' }),
    error: z
      .object({ code: z.string(), reply: z.int().nullable(), message: z.string() })
      .nullable()
      .openapi({ description: 'What the mail server said, or what stood in the way.' }),
    link: z
      .object({ state: z.enum(['live', 'used', 'ended', 'expired']), expiresAt: timeSchema })
      .nullable()
      .openapi({ description: 'The link in it; `ended`: a newer one took its place.' }),
  })
  .openapi('Email')

export function emailJson({ expiresAt, link, ...email }: EmailRecord): z.infer<typeof emailSchema> {
  return {
    ...email,
    createdAt: email.createdAt.toISOString(),
    sentAt: email.sentAt?.toISOString() ?? null,
    link: link !== null && expiresAt !== null ? { state: link, expiresAt: expiresAt.toISOString() } : null,
  }
}
