/** A cell of type `d` holds ISO 8601 already; midnight is a date without a time. */
export function isoCellText(stored: string): string {
  return stored
    .trim()
    .replace(/(?:\.\d+)?Z?$/, '')
    .replace(/T00:00(?::00)?$/, '')
}

/** `_x000D_` is a character that XML cannot hold, `_x005F_` an underscore (ECMA-376, ST_Xstring). */
export function unescapeXstring(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** Spreadsheets turn a typed address into a link, and some keep its scheme in the text. */
export function withoutMailto(text: string): string {
  return /^mailto:/i.test(text) ? (text.slice(7).split('?')[0] ?? '') : text
}
