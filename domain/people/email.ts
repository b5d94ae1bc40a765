import { MAX_EMAIL, MAX_LOCAL_PART } from '../imports/limits.ts'

/** An address as written, and the key under which it is one person: domain as A-label, everything lower case. */
export interface EmailAddress {
  address: string
  key: string
}

/** RFC 5321 "atext" plus dots: no quotes, no comma, no bracket, so that one cell can never name two recipients. */
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
/** Two labels or more, of which the last is no number. */
const DOMAIN = /^(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.)+(?!\d+$)(?!-)[a-z0-9-]{1,63}(?<!-)$/

/**
 * Reads an e-mail address strictly: exactly one mailbox, ASCII before the `@` (the Kelvin sign becomes `k` by
 * lower-casing and `K` by NFC, so anything else could make two people one), a domain of at least two labels. White space around it is dropped.
 *
 * @returns null when it is not an address that can be mailed safely (HAZARDS.md 3 and 22)
 */
export function parseEmail(text: string): EmailAddress | null {
  const address = text.trim()
  const at = address.indexOf('@')
  if (at < 1 || at !== address.lastIndexOf('@')) return null
  const local = address.slice(0, at)
  if (local.length > MAX_LOCAL_PART || !LOCAL_PART.test(local)) return null
  const domain = asciiDomain(address.slice(at + 1))
  if (domain === null || local.length + 1 + domain.length > MAX_EMAIL) return null
  return { address, key: `${local}@${domain}`.toLowerCase() }
}

/** The domain as lower-case A-labels (IDNA), or null when it is none. Address literals are refused. */
function asciiDomain(domain: string): string | null {
  // Nearly every domain is plain ASCII; a URL parse costs twenty times as much as these tests.
  const ascii = /^[A-Za-z0-9.-]+$/.test(domain) ? domain.toLowerCase() : idnaDomain(domain)
  return ascii !== null && DOMAIN.test(ascii) ? ascii : null
}

function idnaDomain(domain: string): string | null {
  if (/[\s\p{Cc}%:/?#@[\]\\<>(),;"]/u.test(domain)) return null
  try {
    return new URL(`http://${domain}`).hostname
  } catch {
    return null
  }
}
