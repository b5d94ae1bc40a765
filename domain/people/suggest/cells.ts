import { readCustomValue } from '../custom-value.ts'
import { parseEmail } from '../email.ts'
import { parseLanguage } from '../language.ts'
import { readYesNo } from '../yes-no.ts'

export type CellKind = 'email' | 'language' | 'yes-no' | 'date'

const kinds: Record<CellKind, (texts: readonly string[]) => boolean> = {
  // A few invalid addresses are allowed, because the import reports them.
  email: (texts) => shareOfAddresses(texts) >= 0.8,
  language: (texts) => texts.every(isLanguageTag),
  'yes-no': (texts) => texts.every((text) => readYesNo(text) !== null),
  date: (texts) => texts.every((text) => readCustomValue({ type: 'date', choices: [] }, text).ok),
}

/** Returns the kind of these cells, or null when they are empty, of different kinds or ambiguous. */
export function kindOf(cells: readonly string[]): CellKind | null {
  const texts = filled(cells)
  if (texts.length === 0) return null
  const [first, second] = Object.entries(kinds).filter(([, fits]) => fits(texts))
  return first && !second ? (first[0] as CellKind) : null
}

/** True when a column can contain addresses. An empty column can. */
export function mayHoldAddresses(cells: readonly string[]): boolean {
  const texts = filled(cells)
  return texts.length === 0 || shareOfAddresses(texts) >= 0.5
}

function filled(cells: readonly string[]): string[] {
  return cells.map((cell) => cell.trim()).filter((text) => text !== '')
}

function shareOfAddresses(texts: readonly string[]): number {
  return texts.filter((text) => parseEmail(text) !== null).length / texts.length
}

/**
 * True for two lower-case letters, with or without subtags. `Ada` and `Max` are also codes of languages, and `DE` may
 * be a country, so only the usual spelling of a tag counts.
 */
function isLanguageTag(text: string): boolean {
  return /^[a-z]{2}(-[A-Za-z0-9]{2,8}){0,2}$/.test(text) && parseLanguage(text) !== null
}
