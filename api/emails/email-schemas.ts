import { z } from '@hono/zod-openapi'
import type { EmailRecord } from '../../db/emails/emails.ts'
import { mistakesIn, type TextField, textKinds, textLimits, tidyText } from '../../domain/emails/own-text.ts'
import { textLanguages } from '../../domain/texts/index.ts'
import { timeSchema } from '../http/schemas/common.ts'

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

export const textKindSchema = z.enum(textKinds)
export const textLanguageSchema = z.enum(textLanguages).openapi({ example: 'de' })

/** Text by the rules of domain/emails/own-text.ts. */
function wordsSchema(field: TextField, example: string, description: string) {
  return z
    .string()
    .transform(tidyText)
    .superRefine((text, check) => {
      for (const message of mistakesIn(field, text)) check.addIssue({ code: 'custom', message })
    })
    .openapi({ type: 'string', maxLength: textLimits[field], example, description })
}

/** What administrators write of an e-mail. Links, codes, greeting and small print are never in it. */
export const mailTextFields = {
  subject: wordsSchema('subject', 'Welcome to {company}, {firstName}', 'One line.'),
  intro: wordsSchema(
    'intro',
    'Your courses at {company} are waiting for you.',
    'Follows the greeting. Paragraphs are separated by an empty line. Here and in the subject, `{company}`, ' +
      '`{firstName}` and `{lastName}` are filled in for each person; braces hold nothing else.',
  ),
  button: wordsSchema('button', 'Choose a password', 'On the button with the link. One line, nothing is filled in.'),
}

export const emailTextSchema = z
  .object({
    id: z.string().openapi({ format: 'uuid' }),
    company: z.string().nullable().openapi({ description: 'null: for everybody whose company wrote none.' }),
    kind: textKindSchema,
    language: textLanguageSchema,
    ...mailTextFields,
    updatedBy: z.string().openapi({ description: 'Name of the API key or of the account.' }),
    updatedAt: timeSchema,
  })
  .openapi('EmailText')
