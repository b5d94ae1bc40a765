import { hkdfSync } from 'node:crypto'

/** Every use of MUSTER_SECRET. Changing a name changes the key, so existing links and hashes of that use stop working. */
export type KeyUse =
  | 'activation link 1'
  | 'account link 1'
  | 'generated password 1'
  | 'import fingerprint 1'
  | 'console accounts 1'

/**
 * Derives a key of 256 bits from MUSTER_SECRET for one use (HKDF-SHA256, RFC 5869). A leaked key of one use reveals
 * neither the secret nor the key of another use.
 */
export function deriveKey(secret: string, use: KeyUse): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `muster ${use}`, 32))
}
