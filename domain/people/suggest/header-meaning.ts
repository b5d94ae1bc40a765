import { templates } from '../templates/index.ts'
import { type NormalForm, normalForm } from './normal-form.ts'
import { headerWords, type Meaning } from './words/index.ts'

/**
 * The meaning of a header. `sure` is true when the whole header means it, and false when only a part does and no other
 * part contradicts it. A `personal` header loses to another header with the same meaning (`Private E-Mail` to
 * `Geschäftliche E-Mail`).
 */
export interface HeaderMeaning {
  meaning: Meaning
  sure: boolean
  personal: boolean
}

interface Phrase {
  words: readonly string[]
  compact: string
  /** Null when the phrase means something that is not a field. */
  meaning: Meaning | null
}

/** Scripts without spaces. A word in one of them is found anywhere in the header. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

/** The most words without a meaning. A header with more is a sentence, which could be about anything. */
const MAX_OTHER_WORDS = 4

/** Meanings that count only when they are the whole header. Even then, the other columns decide the field. */
const VAGUE: ReadonlySet<Meaning | null> = new Set(['name', 'fullName'])

const exact = new Map<string, Meaning>()
const spaced = new Map<string, Phrase[]>()
const unspaced: Phrase[] = []

const personalWords = new Set(
  Object.values(headerWords).flatMap(({ personal }) => personal.map((word) => normalForm(word).compact)),
)

for (const { meanings, elsewhere } of Object.values(headerWords)) {
  for (const [meaning, phrases] of Object.entries(meanings)) {
    for (const phrase of phrases) learn(phrase, meaning as Meaning)
  }
  for (const phrase of elsewhere) learn(phrase, null)
}
for (const { columns } of templates.values()) {
  for (const { header, field } of columns) if (!exact.has(normalForm(header).compact)) learn(header, field)
}
unspaced.sort((a, b) => b.compact.length - a.compact.length)

/** Adds a phrase, also with two letters for each umlaut (`Schluessel`), as is common in German and Hungarian. */
function learn(text: string, meaning: Meaning | null): void {
  const spelled = text.toLowerCase().replace(/[äöü]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[letter] ?? letter)
  for (const spelling of new Set([text.toLowerCase(), spelled])) {
    const { words, compact } = normalForm(spelling)
    if (meaning !== null && !exact.has(compact)) exact.set(compact, meaning)
    if (VAGUE.has(meaning)) continue
    const phrase = { words, compact, meaning }
    const [first = ''] = words
    if (UNSPACED.test(compact)) {
      if (compact.length > 1 || meaning === null) unspaced.push(phrase)
    } else spaced.set(first, [...(spaced.get(first) ?? []), phrase])
  }
}

/**
 * Returns the meaning of a header in one of eight languages, or null for an unknown header. Returns `other` for a
 * header that means something without a field (`company phone`) or two things (`course language`). The cells of such a
 * column are not considered.
 */
export function meaningOf(form: NormalForm): HeaderMeaning | 'other' | null {
  // `title 2` is a key of a mapping. `title` without a number is a form of address, such as Dr.
  if (form.compact === 'title' && form.number !== null) return { meaning: 'title', sure: true, personal: false }
  const sure = exact.get(form.compact)
  if (sure !== undefined) return { meaning: sure, sure: true, personal: false }
  const found = UNSPACED.test(form.compact) ? inText(form.compact) : inWords(form.words)
  if (found === null) return null
  const [meaning, second] = found.has('email') ? ['email' as const] : found
  if (meaning === undefined || second !== undefined || found.has(null)) return 'other'
  return meaning === null ? 'other' : { meaning, sure: false, personal: isPersonal(form) }
}

function isPersonal({ words, compact }: NormalForm): boolean {
  if (!UNSPACED.test(compact)) return words.some((word) => personalWords.has(word))
  return [...personalWords].some((word) => compact.includes(word))
}

type Found = ReadonlySet<Meaning | null>

/** Finds the longest phrase at each position. It ignores shorter phrases inside that phrase. */
function inWords(words: readonly string[]): Found | null {
  const found = new Set<Meaning | null>()
  let others = 0
  for (let i = 0; i < words.length; ) {
    const phrase = longestAt(words, i)
    if (phrase) found.add(phrase.meaning)
    else others += 1
    i += phrase?.words.length ?? 1
  }
  return found.size === 0 || others > MAX_OTHER_WORDS ? null : found
}

function longestAt(words: readonly string[], at: number): Phrase | null {
  let longest: Phrase | null = null
  for (const phrase of spaced.get(words[at] ?? '') ?? []) {
    const fits = phrase.words.every((word, i) => words[at + i] === word)
    if (fits && phrase.words.length > (longest?.words.length ?? 0)) longest = phrase
  }
  return longest
}

function inText(text: string): Found | null {
  const found = new Set<Meaning | null>()
  let rest = text
  for (const { compact, meaning } of unspaced) {
    if (!rest.includes(compact)) continue
    found.add(meaning)
    rest = rest.replaceAll(compact, ' ')
  }
  return found.size === 0 ? null : found
}
