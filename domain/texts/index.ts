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

/** Speaks where no company is known, or none may be named. */
export const PRODUCT = 'Muster'

/** The languages that there are texts in. */
export const textLanguages = ['de', 'en', 'es', 'fr', 'hu', 'ja', 'nl', 'pt'] as const
export type TextLanguage = (typeof textLanguages)[number]

const inLanguages: Record<TextLanguage, Texts> = { de, en, es, fr, hu, ja, nl, pt }

/** Regions that a reader of the language's own texts would take for another language. */
const inRegions = new Map<string, Texts>([['pt-BR', ptBr]])

export interface Locale {
  /** The one of `textLanguages` that the texts are in, whatever their region. */
  language: TextLanguage
  /** BCP 47, for the `lang` of a document: the language that the texts are really in, with its region where that counts. */
  lang: string
  texts: Texts
  /** A point in time with its zone, in the reader's own form: `5 March 2026 at 14:02 UTC`. */
  formatTime(time: Date): string
  formatCount(count: number): string
  /** The first words of an e-mail to somebody; a first name that nobody knows leaves no gap. */
  greet(person: Named): string
  /** Somebody by name and address: `Mira Tóth (mira@people.example)`. */
  formatPerson(person: Named & { email: string }): string
}

interface Named {
  firstName: string
  lastName: string | null
}

/** Where the family name comes first. */
const FAMILY_FIRST: ReadonlySet<TextLanguage> = new Set(['hu', 'ja'])

/** Where a first name alone is for friends: `Guten Tag Mira Tóth`, `田中 美咲 様`. */
const GREETED_BY_WHOLE_NAME: ReadonlySet<TextLanguage> = new Set(['de', 'ja'])

const locales = new Map<string, Locale>()

/**
 * The texts for a user's language: those of its region where there are some (`pt-BR`), else the language's (`fr-CA` gets
 * `fr`), else English.
 */
export function localeFor(tag: string): Locale {
  const known = locales.get(tag)
  if (known) return known
  const locale = findLocale(tag)
  if (locales.size < 1_000) locales.set(tag, locale)
  return locale
}

/** Whether somebody of this language is written to in it, and not in English instead. */
export function hasTexts(tag: string): boolean {
  return languageOf(tag) !== undefined
}

function languageOf(tag: string): TextLanguage | undefined {
  const base = tag.split('-')[0]?.toLowerCase()
  return textLanguages.find((one) => one === base)
}

function findLocale(tag: string): Locale {
  const language = languageOf(tag)
  // Texts and dates in two languages would read like a mistake: without texts, the date is English too.
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
  // The server cannot know where its reader lives: UTC, and said so.
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
