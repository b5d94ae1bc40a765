/** A header without differences in accents, case, separators and compounding. */
export interface NormalForm {
  words: readonly string[]
  /** The number in the header, such as 2 in `course_2`. Null for no number or more than one. */
  number: number | null
  /** The words without separators. `First Name`, `first_name` and `firstName` have the same compact form. */
  compact: string
}

/** Characters of a header that are compared. The name of a column is shorter. */
const MAX_HEADER = 200

/** Accents of Latin letters. The voicing marks of kana are in another range and are kept. */
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
  // `ー` lengthens a vowel and counts as a letter. The middle dot of `メール・アドレス` is a separator.
  const found = plain.match(/\d+|[\p{L}\p{M}ー]+/gu) ?? []
  const numbers = found.filter((word) => /^\d/.test(word))
  const words = joined(found.filter((word) => !/^\d/.test(word)))
  const [number] = numbers
  return { words, number: numbers.length === 1 && number ? Number(number) : null, compact: words.join('') }
}

/** Joins `e` to a following `mail`, `mailadresse`, …, because these are written with a hyphen, a space or neither. */
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
