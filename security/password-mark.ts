import { createHmac, hkdfSync } from 'node:crypto'
import { normalizePassword } from '../domain/passwords/password.ts'

/**
 * Stands for a password where two must be compared later and neither may be kept: HMAC-SHA256 with a key that is
 * derived from MUSTER_SECRET for this use only (HKDF-SHA256, RFC 5869). A plain hash could be guessed by whoever reads
 * the database; argon2id salts, so that equal passwords do not compare equal.
 */
export function passwordMark(secret: string, password: string): string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'muster import fingerprint 1', 32))
  return createHmac('sha256', key).update(normalizePassword(password)).digest('base64url')
}
