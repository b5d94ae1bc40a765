/** A header by what it says: accents, case, separators and the way it is put together do not count. */
export interface NormalForm {
  words: readonly string[]
  /** `course_2` → 2, not a word; null when there is none, or more than one. */
  number: number | null
  /** The words without anything between them: `First Name`, `first_name` and `firstName` are one. */
  compact: string
}

/** Longer ones are no names of columns. */
const MAX_HEADER = 200

/** Accents of Latin letters; the marks that make a kana voiced are another range and stay. */
const ACCENTS = /[\u0300-\u036f]/g
const LIGATURES: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l' }

export function normalForm(header: string): NormalForm {
  const plain = header
    .slice(0, MAX_HEADER)
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(/[ßæœøł]/g, (letter) => LIGATURES[letter] ?? letter)
  // `ー` lengthens a vowel and counts as a letter; the middle dot of `メール・アドレス` does not.
  const found = plain.match(/\d+|[\p{L}\p{M}ー]+/gu) ?? []
  const numbers = found.filter((word) => /^\d/.test(word))
  const words = joined(found.filter((word) => !/^\d/.test(word)))
  const [number] = numbers
  return { words, number: numbers.length === 1 && number ? Number(number) : null, compact: words.join('') }
}

/** `e mail` and `e mailadresse` are written with a hyphen, a space or nothing: one word. */
function joined(words: readonly string[]): string[] {
  const result: string[] = []
  for (let i = 0; i < words.length; i++) {
    const [word = '', next = ''] = [words[i], words[i + 1]]
    if (word === 'e' && /^(mail|post)/.test(next)) {
      result.push(`e${next}`)
      i += 1
    } else result.push(word)
  }
  return result
}
