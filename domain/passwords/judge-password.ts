import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import { checkPassword, knownWords, normalizePassword, type PasswordFault, type PasswordOwner } from './password.ts'

/** The result that the page shows while a user types: why the password is rejected, or how strong it is. */
export type PasswordStrength = PasswordFault['code'] | 'fair' | 'good' | 'strong'

/** An attacker can try fewer guesses than this online without being noticed. */
const MIN_GUESSES = 1e8

/**
 * Guesses that hold up an attacker who has stolen the hashes. A good password delays the attack, and a strong one makes
 * it infeasible (argon2id, about 20 ms for each guess).
 */
const GOOD_GUESSES = 1e10
const STRONG_GUESSES = 1e14

let guesser: ZxcvbnFactory | undefined

/** Builds the estimator at first use, because the dictionary of 50,000 common passwords takes 100 ms and 20 MB. */
function guesses(text: string, known: readonly string[]): number {
  guesser ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  // The time grows with the cube of the length, and 48 characters are enough for an estimate.
  const start = [...normalizePassword(text)].slice(0, 48).join('')
  return guesser.check(start, [...known]).guesses
}

/** Returns why a password is rejected, or null. Checks its length, its owner's data and how easy it is to guess. */
export function judgePassword(text: string, owner: PasswordOwner): PasswordFault | null {
  const known = knownWords(owner)
  return checkPassword(text, known) ?? (guesses(text, known) < MIN_GUESSES ? { code: 'common' } : null)
}

/**
 * Returns how strong a password is. The result is the code of the fault when `judgePassword` rejects the password, and
 * `fair` or better when it does not. The browser calls this function while a user types (web/strength/). The API calls
 * `judgePassword` for the password that was sent.
 *
 * @param known `knownWords` of the owner
 */
export function passwordStrength(text: string, known: readonly string[]): PasswordStrength {
  const fault = checkPassword(text, known)
  if (fault) return fault.code
  const count = guesses(text, known)
  if (count < MIN_GUESSES) return 'common'
  if (count < GOOD_GUESSES) return 'fair'
  return count < STRONG_GUESSES ? 'good' : 'strong'
}
