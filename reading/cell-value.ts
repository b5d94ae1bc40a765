/** How a number is shown: as it is, with leading zeros up to a width, or as a date, a time or both. */
export type NumberStyle = { kind: 'plain' } | { kind: 'padded'; width: number } | { kind: 'date'; time: boolean }

const PLAIN: NumberStyle = { kind: 'plain' }

/**
 * Formats without a code in the file (ECMA-376, part 1, section 18.8.30): 14–17 dates, 18–21 and 45–47 times, 22 both;
 * 27–36 and 50–58 are dates in East Asian versions.
 */
export function builtInStyle(id: number): NumberStyle {
  if ((id >= 18 && id <= 22) || (id >= 45 && id <= 47) || (id >= 32 && id <= 35)) return { kind: 'date', time: true }
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return { kind: 'date', time: false }
  return PLAIN
}

/** Reads a format code such as `yyyy-mm-dd;@`, `[$-407]d. mmmm yyyy` or `00000`. */
export function customStyle(code: string): NumberStyle {
  const bare = code
    .replace(/"[^"]*"?|\\.|_.|\*./g, '')
    // Up to the next bracket of either kind: looking for the end from each of many would cost their square.
    .replace(/\[(?!(?:h+|m+|s+)\])[^\][]*\]/gi, '')
    .replace(/General/gi, '')
    .split(';')[0]
  if (bare === undefined || /^[\s#,.%?/]*$/.test(bare)) return PLAIN
  if (/^0{2,}$/.test(bare)) return { kind: 'padded', width: bare.length }
  if (/[0#?]/.test(bare.replace(/[.,]0+/g, ''))) return PLAIN
  return /[ymdhse]/i.test(bare) ? { kind: 'date', time: /[hs]/i.test(bare) } : PLAIN
}

/**
 * A stored number as a person sees it, independent of the reader's language: 15 significant digits (what a spreadsheet
 * computes with), no exponent below 10²¹, dates as ISO 8601.
 */
export function numberText(stored: string, style: NumberStyle, date1904: boolean): string {
  const value = Number(stored)
  if (stored.trim() === '' || !Number.isFinite(value)) return stored
  if (style.kind === 'date') return serialDate(value, style.time, date1904) ?? plainNumber(stored, value)
  const text = plainNumber(stored, value)
  return style.kind === 'padded' && /^\d+$/.test(text) ? text.padStart(style.width, '0') : text
}

function plainNumber(stored: string, value: number): string {
  if (/^-?(?:0|[1-9]\d{0,14})$/.test(stored)) return stored
  const rounded = Number(value.toPrecision(15))
  if (Object.is(rounded, -0)) return '0'
  const text = String(rounded)
  return text.includes('e-') ? withoutExponent(text) : text
}

/** `1.5e-7` as `0.00000015`. */
function withoutExponent(text: string): string {
  const [mantissa = '', exponent = ''] = text.split('e-')
  const sign = mantissa.startsWith('-') ? '-' : ''
  return `${sign}0.${'0'.repeat(Number(exponent) - 1)}${mantissa.replace(/[-.]/g, '')}`
}

const DAY_MS = 86_400_000
/** 31 December 9999, the last day that a spreadsheet knows. */
const LAST_SERIAL = 2_958_466

/**
 * A serial number as a date: days since 30 December 1899 (or 1 January 1904). Excel counts a 29 February 1900 that
 * never was, so that the first two months of 1900 are one day further on.
 *
 * @returns null when the number is no date
 */
function serialDate(serial: number, showsTime: boolean, date1904: boolean): string | null {
  if (serial < 0 || serial >= LAST_SERIAL) return null
  const seconds = Math.round(serial * 86_400)
  if (serial < 1 && showsTime) return isoAt(seconds * 1000).slice(11)
  const days = Math.floor(seconds / 86_400)
  const shift = date1904 ? 1462 : days < 60 ? 1 : 0
  const iso = isoAt(Date.UTC(1899, 11, 30) + shift * DAY_MS + seconds * 1000)
  return showsTime && seconds % 86_400 !== 0 ? iso : iso.slice(0, 10)
}

function isoAt(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19)
}

/** A cell of type `d` holds ISO 8601 already; midnight is a date without a time. */
export function isoCellText(stored: string): string {
  return stored
    .trim()
    .replace(/(?:\.\d+)?Z?$/, '')
    .replace(/T00:00(?::00)?$/, '')
}

/** `_x000D_` stands for a character that XML cannot hold, `_x005F_` for an underscore (ECMA-376, ST_Xstring). */
export function unescapeXstring(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** Spreadsheets turn a typed address into a link, and some keep its scheme in the text. */
export function withoutMailto(text: string): string {
  return /^mailto:/i.test(text) ? (text.slice(7).split('?')[0] ?? '') : text
}
