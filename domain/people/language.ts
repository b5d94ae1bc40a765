const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })

/** Results by cell. A file has few languages and up to a million rows, so each distinct cell is parsed only once. */
const seen = new Map<string, string | null>()

/**
 * Reads a BCP 47 tag such as `en-GB` and returns it in canonical case, or null when it is not well-formed or its
 * language is not in the registry (`english`, `xx`).
 */
export function parseLanguage(text: string): string | null {
  const tag = text.trim()
  const known = seen.get(tag)
  if (known !== undefined) return known
  const parsed = canonicalTag(tag)
  if (seen.size < 1_000) seen.set(tag, parsed)
  return parsed
}

function canonicalTag(tag: string): string | null {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag)
    const language = canonical?.split('-')[0]
    return canonical && language && names.of(language) ? canonical : null
  } catch {
    return null
  }
}
