import { type Locale, localeFor, PRODUCT } from '../texts/index.ts'
import type { MailContent } from './layout.ts'

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
}

/** What an e-mail brings, by its kind. `expiresAt` is never later than the end of its link. */
type Gift =
  | { kind: 'activation'; invited: boolean; link: string; expiresAt: Date }
  | { kind: 'password'; password: string; forceReset: boolean; signIn: string }
  | { kind: 'welcome'; forceReset: boolean; signIn: string }

/** An e-mail to a person, before it is worded. */
export type PersonalMail = Addressee & Gift

/** Words an e-mail in its person's language. The same mail gives the same content, whenever it is asked for. */
export function renderEmail(mail: PersonalMail): MailContent {
  const locale = localeFor(mail.language)
  const t = locale.texts.mail
  const own = locale.texts.mails[mail.kind === 'activation' && mail.invited ? 'invitation' : mail.kind]
  const who = locale.formatPerson(mail)
  const company = mail.company ?? PRODUCT
  const greeting = mail.firstName.trim() ? t.greeting(mail.firstName.trim()) : t.greetingWithoutName
  const subject = own.subject(company)
  return {
    language: locale.language,
    subject: mail.deliverTo === null ? subject : t.forSomebody.subject(who, subject),
    preview: own.preview(company),
    sender: company,
    paragraphs: [...(mail.deliverTo === null ? [] : [t.forSomebody.line(who)]), greeting, own.intro(company)],
    quote: mail.message?.trim() ? { title: t.messageFrom(company), text: mail.message.trim() } : null,
    facts: [],
    codes: codesOf(mail, locale),
    button: { label: own.button, href: mail.kind === 'activation' ? mail.link : mail.signIn },
    linkBelow: t.linkBelow,
    notes: [...noteOf(mail, locale), t.ignore(company)],
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
