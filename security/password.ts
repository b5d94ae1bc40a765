import { hash, verify } from '@node-rs/argon2'
import { normalizePassword } from '../domain/passwords/password.ts'
import { isGenerated, verifyGenerated } from './generated-password.ts'

/** The argon2id settings of OWASP: 19 MiB, two passes, one lane. A hash takes about 20 ms. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Each hash takes 19 MiB and a core. More at once would starve the API under an attack. */
const HASHES_AT_ONCE = 2
const MAX_WAITING = 64

/** Thrown when too many passwords wait to be hashed. */
export class PasswordsBusy extends Error {}

let running = 0
const waiting: (() => void)[] = []

/**
 * Hashes a password with argon2id, as a PHC string.
 *
 * @throws PasswordsBusy when 64 others wait
 */
export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalizePassword(password), ARGON2ID))
}

/**
 * Checks a chosen (argon2id) or generated password against a stored hash, for the platform that signs users in. The
 * time is constant for each form of hash. A hash of an unknown form matches no password.
 *
 * @param stored `users.password_hash`
 * @throws PasswordsBusy when 64 others wait
 */
export async function verifyPassword(stored: string, password: string): Promise<boolean> {
  if (isGenerated(stored)) return verifyGenerated(stored, password)
  if (!stored.startsWith('$argon2id$')) return false
  return inTurn(() => verify(stored, normalizePassword(password)))
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= HASHES_AT_ONCE) {
    if (waiting.length >= MAX_WAITING) throw new PasswordsBusy()
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else {
    running++
  }
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}
