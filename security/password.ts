import { hash, verify } from '@node-rs/argon2'
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import {
  checkPassword,
  knownWords,
  normalizePassword,
  type PasswordFault,
  type PasswordOwner,
} from '../domain/password.ts'
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

let guesser: ZxcvbnFactory | undefined

/** Built at first use: the dictionary of 50,000 common passwords takes 100 ms and 20 MB. */
const guesses = (password: string, known: string[]): number => {
  guesser ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  // Its time grows with the cube of the length; whoever types more than this has typed enough.
  return guesser.check([...password].slice(0, 48).join(''), known).guesses
}

/** Fewer guesses than this are tried online before anybody notices. */
const MIN_GUESSES = 1e8

/** Why a password cannot be taken, or null: length, what others know about its owner, what is guessed first. */
export function judgePassword(text: string, owner: PasswordOwner): PasswordFault | null {
  const password = normalizePassword(text)
  const fault = checkPassword(password, owner)
  if (fault) return fault
  return guesses(password, knownWords(owner)) < MIN_GUESSES ? { code: 'common' } : null
}
