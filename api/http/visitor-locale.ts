import type { Context } from 'hono'
import { hasTexts, type Locale, localeFor } from '../../domain/texts/index.ts'

/**
 * Picks the language of a page for a visitor whose user is unknown: the browser's most preferred language that Muster
 * has texts in (RFC 9110, section 12.5.4), else English.
 */
export function visitorLocale(c: Context): Locale {
  const ranges = (c.req.header('Accept-Language') ?? '').split(',').map(readRange)
  const preferred = ranges.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)
  return localeFor(preferred.find(({ tag }) => hasTexts(tag))?.tag ?? 'en')
}

/** Reads one language range, such as `fr-CH;q=0.9`. */
function readRange(text: string): { tag: string; weight: number } {
  const [, tag = '', weight = '1'] = /^\s*([A-Za-z0-9-]+)\s*(?:;\s*q=([\d.]+))?\s*$/i.exec(text) ?? []
  return { tag, weight: tag === '' ? 0 : Number(weight) }
}
