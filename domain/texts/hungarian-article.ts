/** Sounds that begin with a vowel: vowels themselves, and in an abbreviation the letters that are read as `ef`, `el`, … */
const VOWEL = /^[aáeéiíoóöőuúüű]/i
const VOWEL_LETTER = /^[AÁEÉFIÍLMNOÓÖŐRSUÚÜŰXY]/
const ABBREVIATION = /^\p{Lu}{2,}(?!\p{Ll})/u

/**
 * Puts the article before a name at the beginning of a sentence: `A Blue Harbour`, `Az Oktató Kft.`, `Az MTA`. How a
 * number or a name in another script is read, nobody can know: `A(z) 5 Csillag`, as forms write it.
 */
export function withArticle(name: string): string {
  if (!/^\p{Script=Latin}/u.test(name)) return `A(z) ${name}`
  const vowel = ABBREVIATION.test(name) ? VOWEL_LETTER.test(name) : VOWEL.test(name)
  return `${vowel ? 'Az' : 'A'} ${name}`
}
