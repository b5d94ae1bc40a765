import { createHash, createHmac, hkdfSync } from 'node:crypto'

/** Names the key that a token was made with, so that a new MUSTER_SECRET can live beside the links of an old one. */
const KEY_ID = '1'
const TOKEN = /^1\.[A-Za-z0-9_-]{43}$/

/** Turns the id of an e-mail into the secret of its link: the same on every attempt, and never stored. */
export interface LinkTokens {
  /** 256 bits as `<key id>.<base64url>`: safe in an address as it is. */
  tokenFor(outboxId: string): string
}

/**
 * Derives the key of a kind of links from MUSTER_SECRET (HKDF-SHA256, RFC 5869), apart from every other use of it.
 * The token of an e-mail is HMAC-SHA256(key, outbox id): a repeated attempt carries the same link (ASVS 5.0, 11.5.1).
 */
export function createLinkTokens(secret: string, use: 'activation' | 'account' = 'activation'): LinkTokens {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `muster ${use} link ${KEY_ID}`, 32))
  return {
    tokenFor: (outboxId) => `${KEY_ID}.${createHmac('sha256', key).update(outboxId).digest('base64url')}`,
  }
}

/** What the database keeps of a token. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** False for what can be no token of ours, so that a crawler's guesses never reach the database. */
export function isToken(text: string): boolean {
  return TOKEN.test(text)
}
