import { type Locale, localeFor, PRODUCT } from '../texts/index.ts'
import type { MailContent } from './layout.ts'
import { fillText, type MailText, type TextKind } from './own-text.ts'

/** Who an e-mail is about, and in whose name it speaks. */
interface Addressee {
  email: string
  firstName: string
  lastName: string | null
  language: string
  /** null: of no company; then the platform speaks for itself. */
  company: string | null
  /** Personal text of the person who imports. */
  message: string | null
  /** Who gets the e-mail instead of the person: it says first whom it is for. */
  deliverTo: string | null
  /** What an administrator wrote, in the language of the e-mail; null: Muster's own words. */
  text: MailText | null
}

/** What an e-mail brings, by its kind. `expiresAt` is never later than the end of its link. */
type Gift =
  | { kind: 'activation'; invited: boolean; link: string; expiresAt: Date }
  | { kind: 'password'; password: string; forceReset: boolean; signIn: string }
  | { kind: 'welcome'; forceReset: boolean; signIn: string }

/** An e-mail to a person, before it is worded. */
export type PersonalMail = Addressee & Gift

/** An e-mail with a link has words of its own where it invites. */
export function textKindOf({ kind, invited = false }: { kind: PersonalMail['kind']; invited?: boolean }): TextKind {
  return kind === 'activation' && invited ? 'invitation' : kind
}

/**
 * Words an e-mail in its person's language. The same mail gives the same content, whenever it is asked for. Whatever an
 * administrator wrote, greeting, link, codes and small print are there.
 */
export function renderEmail(mail: PersonalMail): MailContent {
  const locale = localeFor(mail.language)
  const t = locale.texts.mail
  const who = locale.formatPerson(mail)
  const company = mail.company ?? PRODUCT
  const words = wordsOf(mail, locale, company)
  return {
    language: locale.lang,
    subject: mail.deliverTo === null ? words.subject : t.forSomebody.subject(who, words.subject),
    preview: words.preview,
    sender: company,
    paragraphs: [
      ...(mail.deliverTo === null ? [] : [t.forSomebody.line(who)]),
      locale.greet(mail),
      ...words.paragraphs,
    ],
    quote: mail.message?.trim() ? { title: t.messageFrom(company), text: mail.message.trim() } : null,
    facts: [],
    codes: codesOf(mail, locale),
    button: { label: words.button, href: mail.kind === 'activation' ? mail.link : mail.signIn },
    linkBelow: t.linkBelow,
    notes: [...noteOf(mail, locale), t.ignore(company)],
  }
}

interface Words {
  subject: string
  preview: string
  paragraphs: string[]
  button: string
}

/** What is left empty when nobody's name is known says Muster's own words instead. */
function wordsOf(mail: PersonalMail, { texts }: Locale, company: string): Words {
  const own = texts.mails[textKindOf(mail)]
  const subject = own.subject(company)
  const { text } = mail
  if (text === null) {
    return { subject, preview: own.preview(company), paragraphs: [own.intro(company)], button: own.button }
  }
  const values = { company, firstName: mail.firstName, lastName: mail.lastName ?? '' }
  const filled = text.intro.split(/\n{2,}/).map((paragraph) => fillText(paragraph, values))
  const written = filled.filter((paragraph) => paragraph !== '')
  const [first = own.intro(company), ...others] = written
  return {
    subject: fillText(text.subject, values) || subject,
    // What an inbox shows beside the subject: the beginning of what was written.
    preview: first,
    paragraphs: [first, ...others],
    button: text.button,
  }
}

function codesOf(mail: PersonalMail, { texts }: Locale): MailContent['codes'] {
  if (mail.kind === 'activation') return []
  const address = { label: texts.mail.email, value: mail.email }
  return mail.kind === 'password' ? [address, { label: texts.mail.password, value: mail.password }] : [address]
}

function noteOf(mail: PersonalMail, { texts, formatTime }: Locale): string[] {
  if (mail.kind === 'activation') return [texts.mail.expires(formatTime(mail.expiresAt))]
  return mail.forceReset ? [texts.mail.mustChange] : []
}
