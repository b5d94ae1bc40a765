import { de } from './de.ts'
import { en, type Texts } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { hu } from './hu.ts'
import { ja } from './ja.ts'
import { nl } from './nl.ts'
import { pt } from './pt.ts'
import { ptBr } from './pt-br.ts'

export type { ReportStatus, Texts } from './en.ts'

/** The name that replaces the company when it is unknown or must not be named. */
export const PRODUCT = 'Muster'

/** The languages of the texts. */
export const textLanguages = ['de', 'en', 'es', 'fr', 'hu', 'ja', 'nl', 'pt'] as const
export type TextLanguage = (typeof textLanguages)[number]

const inLanguages: Record<TextLanguage, Texts> = { de, en, es, fr, hu, ja, nl, pt }

/** The texts of regions that differ too much from the other texts of their language. */
const inRegions = new Map<string, Texts>([['pt-BR', ptBr]])

export interface Locale {
  /** The language of the texts, without a region. */
  language: TextLanguage
  /** The BCP 47 tag of the texts, for the `lang` of a document. It has a region only when that region has texts. */
  lang: string
  texts: Texts
  /** Formats a time with its zone for the reader: `5 March 2026 at 14:02 UTC`. */
  formatTime(time: Date): string
  formatCount(count: number): string
  /** Returns the greeting of an e-mail. It has no gap when the first name is unknown. */
  greet(person: Named): string
  /** Formats the name and address of a user: `Mira Tóth (mira@people.example)`. */
  formatPerson(person: Named & { email: string }): string
}

interface Named {
  firstName: string
  lastName: string | null
}

/** Languages in which the family name comes first. */
const FAMILY_FIRST: ReadonlySet<TextLanguage> = new Set(['hu', 'ja'])

/** Languages in which only friends use the first name alone: `Guten Tag Mira Tóth`, `田中 美咲 様`. */
const GREETED_BY_WHOLE_NAME: ReadonlySet<TextLanguage> = new Set(['de', 'ja'])

const locales = new Map<string, Locale>()

/**
 * Returns the texts for a user's language. A region with its own texts gets them (`pt-BR`), another region gets those
 * of its language (`fr` for `fr-CA`), and a language without texts gets English.
 */
export function localeFor(tag: string): Locale {
  const known = locales.get(tag)
  if (known) return known
  const locale = findLocale(tag)
  if (locales.size < 1_000) locales.set(tag, locale)
  return locale
}

/** True when there are texts in this language. Otherwise the user gets English. */
export function hasTexts(tag: string): boolean {
  return languageOf(tag) !== undefined
}

function languageOf(tag: string): TextLanguage | undefined {
  const base = tag.split('-')[0]?.toLowerCase()
  return textLanguages.find((one) => one === base)
}

function findLocale(tag: string): Locale {
  const language = languageOf(tag)
  // Texts and dates in two languages would look like a mistake, so a language without texts gets English dates too.
  if (language === undefined) return createLocale('en-GB', 'en', 'en', en)
  if (!isTag(tag)) return createLocale(language, language, language, inLanguages[language])
  const region = `${language}-${new Intl.Locale(tag).region}`
  const texts = inRegions.get(region)
  return createLocale(tag, language, texts ? region : language, texts ?? inLanguages[language])
}

function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

function createLocale(tag: string, language: TextLanguage, lang: string, texts: Texts): Locale {
  // The server cannot know the reader's time zone, so it uses UTC and shows it.
  const time = new Intl.DateTimeFormat(tag, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  })
  const count = new Intl.NumberFormat(tag)
  const formatName = ({ firstName, lastName }: Named): string => {
    const names = [firstName, lastName ?? ''].map((name) => name.trim()).filter((name) => name !== '')
    return (FAMILY_FIRST.has(language) ? names.reverse() : names).join(' ')
  }
  return {
    language,
    lang,
    texts,
    formatTime: (at) => time.format(at),
    formatCount: (value) => count.format(value),
    greet: (person) => {
      const name = GREETED_BY_WHOLE_NAME.has(language) ? formatName(person) : person.firstName.trim()
      return person.firstName.trim() === '' ? texts.mail.greetingWithoutName : texts.mail.greeting(name)
    },
    formatPerson: (person) => {
      const name = formatName(person)
      return name === '' ? person.email : `${name} (${person.email})`
    },
  }
}
