import { createHash, createHmac } from 'node:crypto'
import { deriveKey } from './derive-key.ts'

/** Identifies the key of a token, so that links of an old and a new MUSTER_SECRET can be valid at the same time. */
const KEY_ID = '1'
const TOKEN = /^1\.[A-Za-z0-9_-]{43}$/

/** Derives the token of a link from the id of its e-mail. Every attempt gets the same one, and none is stored. */
export interface LinkTokens {
  /** Returns 256 bits as `<key id>.<base64url>`, which is safe in a URL without escaping. */
  tokenFor(outboxId: string): string
}

/**
 * Creates the tokens of one kind of link. The token of an e-mail is HMAC-SHA256(key, outbox id), so a repeated attempt
 * sends the same link (ASVS 5.0, 11.5.1).
 */
export function createLinkTokens(secret: string, use: 'activation' | 'account' = 'activation'): LinkTokens {
  const key = deriveKey(secret, `${use} link ${KEY_ID}`)
  return {
    tokenFor: (outboxId) => `${KEY_ID}.${createHmac('sha256', key).update(outboxId).digest('base64url')}`,
  }
}

/** Hashes a token for storage. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** False for text that cannot be a token, so that a crawler's guesses never reach the database. */
export function isToken(text: string): boolean {
  return TOKEN.test(text)
}
