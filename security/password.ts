import { hash, verify } from '@node-rs/argon2'
import { normalizePassword } from '../domain/passwords/password.ts'
import { isGenerated, verifyGenerated } from './generated-password.ts'

/** OWASP's setting for argon2id: 19 MiB, two passes, one lane; some 20 ms. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Each takes 19 MiB and a core for its time: more at once would take the API's breath, not the attacker's. */
const HASHES_AT_ONCE = 2
const MAX_WAITING = 64

/** Too many passwords wait for their turn. */
export class PasswordsBusy extends Error {}

let running = 0
const waiting: (() => void)[] = []

/**
 * Hashes a password with argon2id, as a PHC string.
 *
 * @throws PasswordsBusy when too many wait already
 */
export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalizePassword(password), ARGON2ID))
}

/**
 * Whether `password` is the one whose hash is stored, for the platform that signs people in: passwords that people chose
 * (argon2id) and generated ones. Constant time for a given form; a hash of no known form fits nothing.
 *
 * @param stored `users.password_hash`
 * @throws PasswordsBusy when too many wait already
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
