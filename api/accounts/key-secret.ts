import { createHash, randomBytes } from 'node:crypto'
import type { NewKey } from '../../db/accounts/api-keys.ts'

/** Characters of a key that name it to people, in lists and logs; the other 256 bits are the secret. */
const PREFIX_BYTES = 6

/** A new key: what is shown once, and what is stored. */
export function makeKey(): { key: string } & Pick<NewKey, 'prefix' | 'hash'> {
  const prefix = randomBytes(PREFIX_BYTES).toString('base64url').replace(/[-_]/g, 'x')
  const key = `mk_${prefix}_${randomBytes(32).toString('base64url')}`
  return { key, prefix: `mk_${prefix}`, hash: hashOfKey(key) }
}

/** How a key of the configuration is named: its own prefix when it has one, never more than eight characters of it. */
export function describeKey(key: string): Pick<NewKey, 'prefix' | 'hash'> {
  const prefix = /^mk_[A-Za-z0-9]{8}(?=_)/.exec(key)?.[0] ?? 'configured'
  return { prefix, hash: hashOfKey(key) }
}

export function hashOfKey(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
