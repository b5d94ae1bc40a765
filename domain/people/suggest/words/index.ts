import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { hu } from './hu.ts'
import { ja } from './ja.ts'
import { nl } from './nl.ts'
import { pt } from './pt.ts'
import type { HeaderWords } from './words.ts'

export type { HeaderWords, Meaning } from './words.ts'

/** The words of headers in each of the platform's eight languages (FORMATS.md, B). */
export const headerWords: Readonly<Record<string, HeaderWords>> = { de, en, es, fr, hu, ja, nl, pt }
