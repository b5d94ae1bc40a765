import { readCustomValue } from '../custom-value.ts'
import { parseEmail } from '../email.ts'
import { parseLanguage } from '../language.ts'
import { readYesNo } from '../yes-no.ts'

export type CellKind = 'email' | 'language' | 'yes-no' | 'date'

const kinds: Record<CellKind, (texts: readonly string[]) => boolean> = {
  // A few wrong ones are what an import is to find.
  email: (texts) => shareOfAddresses(texts) >= 0.8,
  language: (texts) => texts.every(isLanguageTag),
  'yes-no': (texts) => texts.every((text) => readYesNo(text) !== null),
  date: (texts) => texts.every((text) => readCustomValue({ type: 'date', choices: [] }, text).ok),
}

/** What these cells look like; null when they are empty, differ, or could be two things. */
export function kindOf(cells: readonly string[]): CellKind | null {
  const texts = filled(cells)
  if (texts.length === 0) return null
  const [first, second] = Object.entries(kinds).filter(([, fits]) => fits(texts))
  return first && !second ? (first[0] as CellKind) : null
}

/** Whether a column that could hold addresses does. Nothing speaks against an empty one. */
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
 * `Ada` and `Max` are languages, too, and `DE` may be a country: only what is written as tags usually are counts,
 * two small letters, with a region or without.
 */
function isLanguageTag(text: string): boolean {
  return /^[a-z]{2}(-[A-Za-z0-9]{2,8}){0,2}$/.test(text) && parseLanguage(text) !== null
}
