import type { NumberStyle } from './number-style.ts'

/**
 * A stored number as a person sees it, independent of the reader's language: 15 significant digits (what a spreadsheet
 * computes with), no exponent below 10²¹, dates as ISO 8601, times and durations as hours, minutes and seconds.
 */
export function numberText(stored: string, style: NumberStyle, date1904: boolean): string {
  const value = Number(stored)
  if (stored.trim() === '' || !Number.isFinite(value)) return stored
  const text = plainNumber(stored, value)
  switch (style.kind) {
    case 'date':
      return serialDate(value, style.time, date1904) ?? text
    case 'time':
      return isTime(value) ? clock(Math.round(value * 86_400) % 86_400) : text
    case 'duration':
      return isTime(value) ? clock(Math.round(value * 86_400)) : text
    case 'id':
      return /^\d+$/.test(text) ? filledIn(style.pattern, text) : text
    default:
      return text
  }
}

/** The digits in their places from the right; what is too long stands before the first place, as a spreadsheet shows it. */
function filledIn(pattern: readonly (string | null)[], text: string): string {
  const places = pattern.filter((part) => part === null).length
  const digits = text.padStart(places, '0')
  const surplus = digits.length - places
  let next = 0
  return pattern
    .map((part) => {
      if (part !== null) return part
      const from = next
      next += from === 0 ? surplus + 1 : 1
      return digits.slice(from, next)
    })
    .join('')
}

function isTime(serial: number): boolean {
  return serial >= 0 && serial < LAST_SERIAL
}

/** `30:15:00`: hours go on beyond a day. */
function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
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
  if (serial < 1 && showsTime) return clock(seconds % 86_400)
  const days = Math.floor(seconds / 86_400)
  const shift = date1904 ? 1462 : days < 60 ? 1 : 0
  const iso = isoAt(Date.UTC(1899, 11, 30) + shift * DAY_MS + seconds * 1000)
  return showsTime && seconds % 86_400 !== 0 ? iso : iso.slice(0, 10)
}

function isoAt(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19)
}
