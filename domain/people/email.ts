import { MAX_EMAIL, MAX_LOCAL_PART } from '../imports/limits.ts'

/** An address as written, and the key that identifies its user: lower case, with the domain as A-labels. */
export interface EmailAddress {
  address: string
  key: string
}

/** RFC 5321 "atext" and dots. Without quotes, commas and brackets, one cell can never name two recipients. */
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
/** At least two labels. The last one is not a number. */
const DOMAIN = /^(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.)+(?!\d+$)(?!-)[a-z0-9-]{1,63}(?<!-)$/

/**
 * Reads an e-mail address strictly. It must be one mailbox with ASCII before the `@` and at least two labels in the
 * domain. Other letters could merge two users: the Kelvin sign becomes `k` in lower case and `K` in NFC. Surrounding
 * white space is removed.
 *
 * @returns null for an address that cannot be mailed safely (HAZARDS.md 3 and 22)
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

/** Returns the domain as lower-case A-labels (IDNA), or null for an invalid domain or an address literal. */
function asciiDomain(domain: string): string | null {
  // Nearly every domain is plain ASCII, and parsing a URL takes twenty times as long as these tests.
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
