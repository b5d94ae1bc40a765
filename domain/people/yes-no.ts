/** Spellings of yes and no in the eight languages of templates, in spreadsheets and in exports of other systems. */
const words = {
  yes: [
    ...['1', 'true', 'yes', 'y', 'x', 'on', 'ja', 'j', 'oui', 'o', 'sí', 'si', 'sim', 's', 'igen', 'i', 'はい'],
    ...['wahr', 'vrai', 'waar', 'verdadero', 'verdadeiro', 'igaz'],
    ...['enabled', 'active', 'aktiv', 'actif', 'activo', 'ativo', 'aktív', 'actief', '有効'],
  ],
  no: [
    ...['0', 'false', 'no', 'n', 'off', 'nein', 'non', 'não', 'nao', 'nee', 'nem', 'いいえ'],
    ...['falsch', 'faux', 'onwaar', 'falso', 'hamis'],
    ...['disabled', 'inactive', 'inaktiv', 'inactif', 'inactivo', 'inativo', 'inaktív', 'inactief', '無効'],
  ],
}
const yes = new Set(words.yes)
const no = new Set(words.no)

/** Reads `yes`, `Ja`, `TRUE`, `0`, … and returns null for other text. Full-width characters count as plain ones. */
export function readYesNo(text: string): boolean | null {
  const word = text.trim().normalize('NFKC').toLowerCase()
  if (yes.has(word)) return true
  return no.has(word) ? false : null
}
