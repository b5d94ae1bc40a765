import { localeFor, type TextLanguage, type Texts } from '../texts/index.ts'

/** E-mails to people that have words of their own. */
export const textKinds = ['activation', 'invitation', 'password', 'welcome'] as const satisfies (keyof Texts['mails'])[]
export type TextKind = (typeof textKinds)[number]

/** The words of an e-mail that administrators may write; all around them stays Muster's. */
export interface MailText {
  subject: string
  /** Paragraphs, with an empty line between them. */
  intro: string
  /** What stands on the button. */
  button: string
}
export type TextField = keyof MailText

/** Characters. A subject is cut by inboxes long before; a button that wraps is none. */
export const textLimits: Record<TextField, number> = { subject: 200, intro: 2_000, button: 60 }

/** What is filled in for each person, written in braces. */
const placeholders = ['company', 'firstName', 'lastName'] as const
export type Filling = Record<(typeof placeholders)[number], string>

const WHAT_BRACES_HOLD = 'in braces stand only {company}, {firstName} and {lastName}'
const known = new Set(placeholders.map((name) => `{${name}}`))

/** Characters of a wrong placeholder that are said again, and how many of them. */
const MAX_NAMED = 40
const MAX_WRONG = 3

/** A text as it is kept: lines end in LF and in no space, since `-- ` would begin a signature; two paragraphs stand one empty line apart. */
export function tidyText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/**
 * What is wrong with a text that was tidied, as ends of sentences; none: it can be kept.
 *
 * Braces are for placeholders alone, so that `{{company}}` and `{Company}` are told now and not read by thousands.
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
 * Puts a person's values where the placeholders are: once, so that no name is read as a placeholder, and each on one
 * line. A value that is empty takes the space before it along; at the beginning, the comma after it.
 */
export function fillText(text: string, values: Filling): string {
  const filled = text.replace(/( *)\{(company|firstName|lastName)\}/g, (_, space: string, name: keyof Filling) => {
    const value = values[name].replace(/[\s\p{Cc}]+/gu, ' ').trim()
    return value === '' ? '' : `${space}${value}`
  })
  return filled.replace(/^[\s,;:、，]+/, '')
}

/** Where a text stands: it is everybody's (`company` null) or that of one company. */
export interface TextPlace {
  company: string | null
  kind: TextKind
  language: TextLanguage
}

/** Whom an e-mail is for, as far as its words depend on it; `language`: a BCP 47 tag. */
export interface TextWanted {
  company: string | null
  kind: TextKind
  language: string
}

/**
 * Chooses the words of an e-mail: those of the person's company, then everybody's, in the language in which the whole
 * e-mail is written, or null: then they are Muster's own.
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

/** Muster's own words in a language, with their placeholders: what an administrator begins with. */
export function builtInText(kind: TextKind, language: string): MailText {
  const { subject, intro, button } = localeFor(language).texts.mails[kind]
  return { subject: subject('{company}'), intro: intro('{company}'), button }
}
