import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { deriveKey } from './derive-key.ts'

/** Unambiguous letters and digits, without i, l, o, 0 and 1. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

/** 24 characters of 31 are 118 bits. ASVS 5.0 (6.5.2) requires 112 bits for a fast hash. */
const GROUPS = 6
const GROUP_CHARACTERS = 4

/** Marks a stored hash of a generated password. Other hashes are argon2id. */
const FORM = 'sha256'

/** Derives the password of an e-mail from the id of the e-mail. Every attempt gets the same one, and none is stored. */
export interface GeneratedPasswords {
  /** Returns the password in groups: `kx7m-9pqr-…`. */
  passwordFor(outboxId: string): string
}

/**
 * Derives passwords from MUSTER_SECRET. It reads HMAC-SHA256(key, outbox id) as a number and writes it in the alphabet.
 * The number has 256 bits, so the bias of each letter is negligible.
 */
export function createGeneratedPasswords(secret: string): GeneratedPasswords {
  const key = deriveKey(secret, 'generated password 1')
  return {
    passwordFor(outboxId) {
      let number = BigInt(`0x${createHmac('sha256', key).update(outboxId).digest('hex')}`)
      const letters = Array.from({ length: GROUPS * GROUP_CHARACTERS }, () => {
        const letter = ALPHABET.charAt(Number(number % BigInt(ALPHABET.length)))
        number /= BigInt(ALPHABET.length)
        return letter
      })
      return Array.from({ length: GROUPS }, (_, n) =>
        letters.slice(n * GROUP_CHARACTERS, (n + 1) * GROUP_CHARACTERS).join(''),
      ).join('-')
    },
  }
}

/**
 * Hashes a generated password for storage until its first use: `sha256$<salt>$<digest>`. A fast hash is enough for 118
 * random bits, and an import may create 100,000 of them.
 */
export function hashGenerated(password: string, salt: string): string {
  return `${FORM}$${salt}$${digestOf(password, salt).toString('base64url')}`
}

/** True for a stored hash of a generated password. */
export function isGenerated(hash: string): boolean {
  return hash.startsWith(`${FORM}$`)
}

/** Compares in constant time. Case, hyphens and white space do not matter, because people type this password once. */
export function verifyGenerated(hash: string, password: string): boolean {
  const [form, salt, digest, ...more] = hash.split('$')
  if (form !== FORM || !salt || !digest || more.length > 0) return false
  const stored = Buffer.from(digest, 'base64url')
  const given = digestOf(password, salt)
  return stored.length === given.length && timingSafeEqual(stored, given)
}

function digestOf(password: string, salt: string): Buffer {
  const plain = password.normalize('NFKC').toLowerCase().replace(/[\s-]/g, '')
  return createHash('sha256').update(`${salt}$${plain}`).digest()
}
