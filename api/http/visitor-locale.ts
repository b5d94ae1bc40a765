import type { Context } from 'hono'
import { hasTexts, type Locale, localeFor } from '../../domain/texts/index.ts'

/**
 * The language that a browser likes best of those that there are texts in, for pages where no user is known whose
 * language it could be (RFC 9110, section 12.5.4); English where there is none.
 */
export function visitorLocale(c: Context): Locale {
  const wanted = (c.req.header('Accept-Language') ?? '').split(',').map(readWish)
  const liked = wanted.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)
  return localeFor(liked.find(({ tag }) => hasTexts(tag))?.tag ?? 'en')
}

/** `fr-CH;q=0.9` */
function readWish(text: string): { tag: string; weight: number } {
  const [, tag = '', weight = '1'] = /^\s*([A-Za-z0-9-]+)\s*(?:;\s*q=([\d.]+))?\s*$/i.exec(text) ?? []
  return { tag, weight: tag === '' ? 0 : Number(weight) }
}
