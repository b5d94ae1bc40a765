import { localeFor } from '../../domain/texts/index.ts'
import type { MailContent } from './layout.ts'

export interface ActivationMail {
  firstName: string
  company: string
  language: string
  /** Personal text of the person who imports. */
  message: string | null
  link: string
  /** Never later than the link really ends. */
  expiresAt: Date
}

/** The e-mail that carries an activation link, in the words of the page that it leads to. */
export function renderActivation(mail: ActivationMail): MailContent {
  const { language, texts, formatTime } = localeFor(mail.language)
  const t = texts.activation
  return {
    language,
    subject: t.subject(mail.company),
    preview: t.preview(mail.company),
    sender: mail.company,
    paragraphs: [t.greeting(mail.firstName), t.intro(mail.company)],
    quote: mail.message?.trim() ? { title: t.messageFrom(mail.company), text: mail.message.trim() } : null,
    facts: [],
    button: { label: t.button, href: mail.link },
    linkBelow: t.linkBelow,
    notes: [t.expires(formatTime(mail.expiresAt)), t.ignore(mail.company)],
  }
}
