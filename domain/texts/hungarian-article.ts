/** Vowel sounds at the beginning: vowels, and in an abbreviation also letters that are read as `ef`, `el`, … */
const VOWEL = /^[aáeéiíoóöőuúüű]/i
const VOWEL_LETTER = /^[AÁEÉFIÍLMNOÓÖŐRSUÚÜŰXY]/
const ABBREVIATION = /^\p{Lu}{2,}(?!\p{Ll})/u

/**
 * Puts the article before a name at the beginning of a sentence: `A Blue Harbour`, `Az Oktató Kft.`, `Az MTA`. The
 * pronunciation of a number or a name in another script is unknown, so it gets `A(z)`, as on forms: `A(z) 5 Csillag`.
 */
export function withArticle(name: string): string {
  if (!/^\p{Script=Latin}/u.test(name)) return `A(z) ${name}`
  const vowel = ABBREVIATION.test(name) ? VOWEL_LETTER.test(name) : VOWEL.test(name)
  return `${vowel ? 'Az' : 'A'} ${name}`
}
