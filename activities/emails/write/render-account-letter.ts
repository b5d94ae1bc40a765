import type { AccountLinkKind } from '../../../db/tables/accounts.ts'
import type { MailContent } from '../../../domain/emails/layout.ts'
import { localeFor, PRODUCT } from '../../../domain/texts/index.ts'

export interface AccountLetter {
  kind: AccountLinkKind
  name: string
  link: string
  expiresAt: Date
}

const words = {
  invitation: {
    subject: `Your account for ${PRODUCT}`,
    body: `You are invited to administer ${PRODUCT}. Choose a password, and your account is ready.`,
    button: 'Choose a password',
    notYou: 'If this says nothing to you, do nothing: without a password there is no account.',
  },
  password: {
    subject: `A new password for ${PRODUCT}`,
    body: `A new password was requested for your account of ${PRODUCT}. Choose it here; you are signed out everywhere.`,
    button: 'Choose a new password',
    notYou: 'If it was not you, do nothing: your password stays as it is.',
  },
} as const

/** Renders the e-mail with an administrator's password link. It is in English, as the console is. */
export function renderAccountLetter({ kind, name, link, expiresAt }: AccountLetter): MailContent {
  const { language, texts, formatTime } = localeFor('en')
  const { subject, body, button, notYou } = words[kind]
  return {
    language,
    subject,
    preview: body,
    sender: PRODUCT,
    paragraphs: [`Hello ${name},`, body],
    quote: null,
    codes: [],
    facts: [],
    button: { label: button, href: link },
    linkBelow: texts.mail.linkBelow,
    notes: [`The link works once, until ${formatTime(expiresAt)}.`, notYou],
  }
}
