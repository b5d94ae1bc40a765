import { createHmac } from 'node:crypto'
import { normalizePassword } from '../domain/passwords/password.ts'
import { deriveKey } from './derive-key.ts'

/**
 * Makes a fingerprint that shows whether two passwords are equal without storing them: HMAC-SHA256 with a key derived
 * from MUSTER_SECRET for this use only (HKDF-SHA256, RFC 5869). With a plain hash, a reader of the database could guess
 * passwords. argon2id salts its hashes, so equal passwords would not compare equal.
 */
export function passwordMark(secret: string, password: string): string {
  const key = deriveKey(secret, 'import fingerprint 1')
  return createHmac('sha256', key).update(normalizePassword(password)).digest('base64url')
}
