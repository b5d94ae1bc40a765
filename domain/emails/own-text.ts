import { localeFor, type TextLanguage, type Texts } from '../texts/index.ts'

/** The kinds of e-mail to users whose text an administrator can change. */
export const textKinds = ['activation', 'invitation', 'password', 'welcome'] as const satisfies (keyof Texts['mails'])[]
export type TextKind = (typeof textKinds)[number]

/** The parts of an e-mail that an administrator can write. Muster writes the other parts. */
export interface MailText {
  subject: string
  /** Paragraphs that are separated by an empty line. */
  intro: string
  /** The label of the button. */
  button: string
}
export type TextField = keyof MailText

/** The most characters in each field. Inboxes cut a subject much earlier, and the label of a button must not wrap. */
export const textLimits: Record<TextField, number> = { subject: 200, intro: 2_000, button: 60 }

/** The placeholders that are filled in for each user. They are written in braces. */
const placeholders = ['company', 'firstName', 'lastName'] as const
export type Filling = Record<(typeof placeholders)[number], string>

const WHAT_BRACES_HOLD = 'in braces stand only {company}, {firstName} and {lastName}'
const known = new Set(placeholders.map((name) => `{${name}}`))

/** The most characters of a wrong placeholder that an error repeats, and the most wrong placeholders that it lists. */
const MAX_NAMED = 40
const MAX_WRONG = 3

/**
 * Tidies a text before it is stored. Lines end in LF without a trailing space, because `-- ` would begin a signature.
 * Paragraphs are separated by one empty line.
 */
export function tidyText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/**
 * Returns the mistakes in a tidied text, each as the end of a sentence. Returns none when the text can be stored.
 *
 * Braces are allowed only around placeholders. This finds `{{company}}` and `{Company}` before thousands of users read
 * them.
 */
export function mistakesIn(field: TextField, text: string): string[] {
  const limit = textLimits[field]
  const mistakes: string[] = []
  if (text === '') mistakes.push('expected a text')
  if (text.length > limit) mistakes.push(`expected at most ${limit} characters; these are ${text.length}`)
  const forbidden = field === 'intro' ? /(?!\n)[\p{Cc}\p{Surrogate}]/u : /[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]/u
  if (forbidden.test(text)) mistakes.push('holds a line break or another character that cannot stand there')
  return [...mistakes, ...wrongBraces(field, text)]
}

function wrongBraces(field: TextField, text: string): string[] {
  const found = new Set(text.match(/\{+[^{}]*\}+|[{}]/g))
  const wrong = [...found].filter((part) => field === 'button' || !known.has(part)).slice(0, MAX_WRONG)
  if (wrong.length === 0) return []
  const named = wrong.map((part) => `“${part.slice(0, MAX_NAMED)}”`).join(', ')
  const why = field === 'button' ? 'a button has none' : WHAT_BRACES_HOLD
  return [`${named} cannot be filled in: ${why}`]
}

/**
 * Replaces the placeholders with a user's values. It makes one pass, so a name that looks like a placeholder is not
 * replaced, and it puts each value on one line. An empty value also removes the space before it or, at the beginning,
 * the comma after it.
 */
export function fillText(text: string, values: Filling): string {
  const filled = text.replace(/( *)\{(company|firstName|lastName)\}/g, (_, space: string, name: keyof Filling) => {
    const value = values[name].replace(/[\s\p{Cc}]+/gu, ' ').trim()
    return value === '' ? '' : `${space}${value}`
  })
  return filled.replace(/^[\s,;:、，]+/, '')
}

/** The key of a text. It belongs to one company or, when `company` is null, to all companies. */
export interface TextPlace {
  company: string | null
  kind: TextKind
  language: TextLanguage
}

/** The properties of an e-mail that its text depends on. `language` is a BCP 47 tag. */
export interface TextWanted {
  company: string | null
  kind: TextKind
  language: string
}

/**
 * Creates a function that chooses the text of an e-mail in the language of the whole e-mail. It prefers the text of the
 * user's company to the text for all companies. It returns null when Muster's own text applies.
 */
export function createTextChoice<Text extends TextPlace>(texts: readonly Text[]) {
  const byPlace = new Map(texts.map((text) => [keyOf(text.company, text.kind, text.language), text]))
  return ({ company, kind, language }: TextWanted): Text | null => {
    const written = localeFor(language).language
    return byPlace.get(keyOf(company, kind, written)) ?? byPlace.get(keyOf(null, kind, written)) ?? null
  }
}

const keyOf = (company: string | null, kind: string, language: string): string =>
  JSON.stringify([company, kind, language])

/** Returns Muster's own text in a language, with placeholders. An administrator starts from this text. */
export function builtInText(kind: TextKind, language: string): MailText {
  const { subject, intro, button } = localeFor(language).texts.mails[kind]
  return { subject: subject('{company}'), intro: intro('{company}'), button }
}
