/** How yes and no are written in the eight languages of templates, and by spreadsheets. */
const yes = new Set([
  '1',
  'true',
  'yes',
  'y',
  'x',
  'ja',
  'j',
  'oui',
  'o',
  'sí',
  'si',
  'sim',
  's',
  'igen',
  'i',
  'はい',
  'wahr',
  'vrai',
  'waar',
  'verdadero',
  'verdadeiro',
  'igaz',
  'on',
])
const no = new Set([
  '0',
  'false',
  'no',
  'n',
  'nein',
  'non',
  'não',
  'nao',
  'nee',
  'nem',
  'いいえ',
  'falsch',
  'faux',
  'onwaar',
  'falso',
  'hamis',
  'off',
])

/** `yes`, `Ja`, `TRUE`, `0`, … or null for anything else. */
export function readYesNo(text: string): boolean | null {
  const word = text.trim().normalize('NFC').toLowerCase()
  if (yes.has(word)) return true
  return no.has(word) ? false : null
}
