import { createHash, randomBytes } from 'node:crypto'
import type { NewKey } from '../../db/accounts/api-keys.ts'

/** Random bytes of the prefix that identifies a key in lists and logs. The secret has another 256 bits. */
const PREFIX_BYTES = 6

/** Generates a key. The response shows `key` once, and the database stores only the prefix and the hash. */
export function makeKey(): { key: string } & Pick<NewKey, 'prefix' | 'hash'> {
  const prefix = randomBytes(PREFIX_BYTES).toString('base64url').replace(/[-_]/g, 'x')
  const key = `mk_${prefix}_${randomBytes(32).toString('base64url')}`
  return { key, prefix: `mk_${prefix}`, hash: hashOfKey(key) }
}

/**
 * Describes the key of the configuration for storage. A key in the format of `makeKey` keeps its prefix of `mk_` and
 * eight characters. No part of any other key is stored in plain text.
 */
export function describeKey(key: string): Pick<NewKey, 'prefix' | 'hash'> {
  const prefix = /^mk_[A-Za-z0-9]{8}(?=_)/.exec(key)?.[0] ?? 'configured'
  return { prefix, hash: hashOfKey(key) }
}

/** Hashes a key for storage and lookup. */
export function hashOfKey(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
