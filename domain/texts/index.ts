import { de } from './de.ts'
import { en, type Texts } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { hu } from './hu.ts'
import { ja } from './ja.ts'
import { nl } from './nl.ts'
import { pt } from './pt.ts'

export type { ReportStatus, Texts } from './en.ts'

/** Speaks where no company is known, or none may be named. */
export const PRODUCT = 'Muster'

/** The languages that there are texts in. */
export const textLanguages = ['de', 'en', 'es', 'fr', 'hu', 'ja', 'nl', 'pt'] as const
export type TextLanguage = (typeof textLanguages)[number]

const inLanguages: Record<TextLanguage, Texts> = { de, en, es, fr, hu, ja, nl, pt }
const catalogue = new Map<string, Texts>(Object.entries(inLanguages))

export interface Locale {
  /** BCP 47, for the `lang` of a document: the language that the texts are really in. */
  language: string
  texts: Texts
  /** A point in time with its zone, in the reader's own form: `5 March 2026 at 14:02 UTC`. */
  formatTime(time: Date): string
  formatCount(count: number): string
  /** Somebody by name and address: `Mira Tóth (mira@people.example)`. */
  formatPerson(person: Named): string
}

interface Named {
  firstName: string
  lastName: string | null
  email: string
}

/** Where the family name comes first. */
const FAMILY_FIRST = new Set(['hu', 'ja'])

const locales = new Map<string, Locale>()

/** The texts for a user's language (`pt-BR` gets `pt`), English for a language that has none. */
export function localeFor(tag: string): Locale {
  const known = locales.get(tag)
  if (known) return known
  const language = tag.split('-')[0]?.toLowerCase() ?? ''
  const texts = catalogue.get(language)
  // Texts and dates in two languages would read like a mistake: without texts, the date is English too.
  const locale = texts ? createLocale(isTag(tag) ? tag : language, language, texts) : createLocale('en-GB', 'en', en)
  if (locales.size < 1_000) locales.set(tag, locale)
  return locale
}

function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

function createLocale(tag: string, language: string, texts: Texts): Locale {
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
  return {
    language,
    texts,
    formatTime: (at) => time.format(at),
    formatCount: (value) => count.format(value),
    formatPerson: ({ firstName, lastName, email }) => {
      const names = [firstName, lastName ?? ''].map((name) => name.trim()).filter((name) => name !== '')
      if (FAMILY_FIRST.has(language)) names.reverse()
      return names.length > 0 ? `${names.join(' ')} (${email})` : email
    },
  }
}
