import { z } from '@hono/zod-openapi'
import type { EmailRecord } from '../../db/emails/emails.ts'
import { mistakesIn, type TextField, textKinds, textLimits, tidyText } from '../../domain/emails/own-text.ts'
import { textLanguages } from '../../domain/texts/index.ts'
import { timeSchema } from '../http/schemas/common.ts'

export const emailStates = ['queued', 'sending', 'sent', 'failed', 'superseded'] as const

export const emailSchema = z
  .object({
    id: z.string().openapi({ format: 'uuid' }),
    email: z
      .string()
      .nullable()
      .openapi({ description: 'The address of the recipient. null if the user no longer exists.' }),
    user: z.string().nullable().openapi({ description: 'Id of the recipient.' }),
    kind: z.enum(['activation', 'password', 'welcome']),
    state: z
      .enum(emailStates)
      .openapi({ description: '`superseded`: a newer e-mail replaced it, or it was withdrawn before it was sent.' }),
    createdAt: timeSchema,
    sentAt: timeSchema.nullable().openapi({ description: 'When the mail server accepted it.' }),
    error: z
      .object({ code: z.string(), reply: z.int().nullable(), message: z.string() })
      .nullable()
      .openapi({ description: 'The reply of the mail server, or the reason for the failure.' }),
    link: z
      .object({ state: z.enum(['live', 'used', 'ended', 'expired']), expiresAt: timeSchema })
      .nullable()
      .openapi({ description: 'The link in it. `ended`: a newer link replaced it.' }),
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

export const textKindSchema = z.enum(textKinds)
export const textLanguageSchema = z.enum(textLanguages).openapi({ example: 'de' })

/** Text that follows the rules of domain/emails/own-text.ts. */
function textSchema(field: TextField, example: string, description: string) {
  return z
    .string()
    .transform(tidyText)
    .superRefine((text, check) => {
      for (const message of mistakesIn(field, text)) check.addIssue({ code: 'custom', message })
    })
    .openapi({ type: 'string', maxLength: textLimits[field], example, description })
}

/** The text of an e-mail that administrators can edit. They cannot edit links, passwords, the greeting and the footer. */
export const mailTextFields = {
  subject: textSchema('subject', 'Welcome to {company}, {firstName}', 'One line.'),
  intro: textSchema(
    'intro',
    'Your courses at {company} are waiting for you.',
    'Follows the greeting. An empty line separates paragraphs. Here and in the subject, `{company}`, `{firstName}` and ' +
      '`{lastName}` are filled in for each user. Other text in braces is not allowed.',
  ),
  button: textSchema('button', 'Choose a password', 'The label of the button. One line, without placeholders.'),
}

export const emailTextSchema = z
  .object({
    id: z.string().openapi({ format: 'uuid' }),
    company: z
      .string()
      .nullable()
      .openapi({ description: 'null: for every user whose company has no text of its own.' }),
    kind: textKindSchema,
    language: textLanguageSchema,
    ...mailTextFields,
    updatedBy: z.string().openapi({ description: 'The name of the API key or of the administrator.' }),
    updatedAt: timeSchema,
  })
  .openapi('EmailText')
