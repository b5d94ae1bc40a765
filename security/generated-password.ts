import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** Letters and digits that nobody takes for another: without i, l, o, 0, 1. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

/** 24 of 31 letters are 118 bits; ASVS 5.0 (6.5.2) asks for 112 where a fast hash is to do. */
const GROUPS = 6
const GROUP = 4

/** Names the form of a stored hash, apart from argon2id's. */
const FORM = 'sha256'

/** Turns the id of an e-mail into the password that it gives: the same on every attempt, and never stored. */
export interface GeneratedPasswords {
  /** As people read it: `kx7m-9pqr-…`. */
  passwordFor(outboxId: string): string
}

/**
 * Derives passwords from MUSTER_SECRET (HKDF-SHA256, RFC 5869), apart from every other use of it. HMAC-SHA256(key,
 * outbox id) is read as a number and written in the alphabet; the remainder of 256 bits favours no letter noticeably.
 */
export function createGeneratedPasswords(secret: string): GeneratedPasswords {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'muster generated password 1', 32))
  return {
    passwordFor(outboxId) {
      let number = BigInt(`0x${createHmac('sha256', key).update(outboxId).digest('hex')}`)
      const letters = Array.from({ length: GROUPS * GROUP }, () => {
        const letter = ALPHABET.charAt(Number(number % BigInt(ALPHABET.length)))
        number /= BigInt(ALPHABET.length)
        return letter
      })
      return Array.from({ length: GROUPS }, (_, n) => letters.slice(n * GROUP, (n + 1) * GROUP).join('')).join('-')
    },
  }
}

/**
 * What the database keeps of a generated password until its first use: `sha256$<salt>$<digest>`. Fast on purpose: a
 * hundred thousand of them are made with an import, and 118 random bits are not guessed.
 */
export function hashGenerated(password: string, salt: string): string {
  return `${FORM}$${salt}$${digestOf(password, salt).toString('base64url')}`
}

/** True for a stored hash of a generated password. */
export function isGenerated(hash: string): boolean {
  return hash.startsWith(`${FORM}$`)
}

/** Compares in constant time. Case and what stands between the groups do not count: somebody types this once. */
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
