import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import { checkPassword, knownWords, normalizePassword, type PasswordFault, type PasswordOwner } from './password.ts'

/** What is said of a password while it is typed: why it will not be taken, or how good it is. */
export type PasswordStrength = PasswordFault['code'] | 'fair' | 'good' | 'strong'

/** Fewer guesses than this are tried online before anybody notices. */
const MIN_GUESSES = 1e8

/** From these on, whoever got hold of the hashes is held up, too: for a while, and for good (argon2id, some 20 ms). */
const GOOD_GUESSES = 1e10
const STRONG_GUESSES = 1e14

let guesser: ZxcvbnFactory | undefined

/** Built at first use: the dictionary of 50,000 common passwords takes 100 ms and 20 MB. */
function guesses(text: string, known: readonly string[]): number {
  guesser ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  // Its time grows with the cube of the length; whoever types more than this has typed enough.
  const start = [...normalizePassword(text)].slice(0, 48).join('')
  return guesser.check(start, [...known]).guesses
}

/** Why a password cannot be taken, or null: length, what others know about its owner, what is guessed first. */
export function judgePassword(text: string, owner: PasswordOwner): PasswordFault | null {
  const known = knownWords(owner)
  return checkPassword(text, known) ?? (guesses(text, known) < MIN_GUESSES ? { code: 'common' } : null)
}

/**
 * How strong a password is, by the rule of `judgePassword`: what it refuses has the code of its fault, what it takes is
 * fair or better. The browser asks this while somebody types (web/strength/), the API the other when it was sent.
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
