import { type Locale, localeFor, PRODUCT } from '../texts/index.ts'
import type { MailContent } from './layout.ts'
import { fillText, type MailText, type TextKind } from './own-text.ts'

/** The user that an e-mail is about, and the company that sends it. */
interface Addressee {
  email: string
  firstName: string
  lastName: string | null
  language: string
  /** Null for a user without a company. The e-mail then comes from the platform. */
  company: string | null
  /** The personal text of the importer. */
  message: string | null
  /** The address that gets the e-mail instead of the user. The e-mail then names the user first. */
  deliverTo: string | null
  /** The text of an administrator in the language of the e-mail, or null for Muster's own text. */
  text: MailText | null
}

/** What each kind of e-mail contains. `expiresAt` is never later than the expiry of the link. */
type Gift =
  | { kind: 'activation'; invited: boolean; link: string; expiresAt: Date }
  | { kind: 'password'; password: string; forceReset: boolean; signIn: string }
  | { kind: 'welcome'; forceReset: boolean; signIn: string }

/** The data of an e-mail to a user, before it is rendered. */
export type PersonalMail = Addressee & Gift

/** Returns the kind of text that an e-mail uses. An activation e-mail to an invited user uses the invitation text. */
export function textKindOf({ kind, invited = false }: { kind: PersonalMail['kind']; invited?: boolean }): TextKind {
  return kind === 'activation' && invited ? 'invitation' : kind
}

/**
 * Renders an e-mail in its user's language. The same input always gives the same content. The greeting, link, codes and
 * small print are always present, even with an administrator's text.
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

/** Fills in the administrator's text, or uses Muster's own. A part that is empty without a name is Muster's own too. */
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
    // The inbox previews the first paragraph next to the subject.
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
