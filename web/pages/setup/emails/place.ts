import type { EmailPreview, EmailText } from '../../../api/schema.ts'

export type Words = EmailPreview['words']
export type Kind = EmailText['kind']
export type Language = EmailText['language']

/** Which e-mail, and for whom: `company` null is everybody. */
export interface Place {
  kind: Kind
  language: Language
  company: string | null
}

export const kinds: { value: Kind; label: string }[] = [
  { value: 'activation', label: 'Activation' },
  { value: 'invitation', label: 'Invitation' },
  { value: 'password', label: 'Password' },
  { value: 'welcome', label: 'Welcome' },
]

/** Those that e-mails are written in; people of others get English. */
export const languages: Language[] = ['en', 'de', 'es', 'fr', 'hu', 'ja', 'nl', 'pt']

const names = new Intl.DisplayNames('en-GB', { type: 'language' })

export function languageName(language: Language): string {
  return names.of(language) ?? language
}

/** What the address says; what it does not know is the first of each. */
export function placeOf(kind: string | null, language: string | null, company: string | null): Place {
  return {
    kind: kinds.find(({ value }) => value === kind)?.value ?? 'activation',
    language: languages.find((one) => one === language) ?? 'en',
    company,
  }
}

/** Where a place is seen. */
export function addressOfPlace({ kind, language, company }: Place): string {
  const search = new URLSearchParams({ kind, language, ...(company ? { company } : {}) })
  return `/setup/emails?${search}`
}

export function samePlace(one: Place, other: Place): boolean {
  return one.kind === other.kind && one.language === other.language && one.company === other.company
}

export function sameWords(one: Words, other: Words): boolean {
  return one.subject === other.subject && one.intro === other.intro && one.button === other.button
}
