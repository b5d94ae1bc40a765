import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgePassword, passwordStrength } from '../../../domain/passwords/judge-password.ts'
import { knownWords } from '../../../domain/passwords/password.ts'

const owner = { email: 'mira.toth@blue-harbour.example', firstName: 'Mira', lastName: 'Tóth', company: 'Blue Harbour' }
const known = knownWords(owner)

/** Pieces for passwords near the limits of the rule. They are personal, common or neither. */
const pieces = [
  'mira',
  'Tóth',
  'BlueHarbour',
  'password',
  '1234',
  '2026',
  'qwertz',
  'gull',
  'xk',
  '!',
  ' ',
  'é',
  'むかし',
]
const passwords = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(''))

describe('the strength of a password', () => {
  test('the strength is fair or better exactly when the password is accepted', () => {
    fc.assert(
      fc.property(fc.oneof(passwords, fc.string({ maxLength: 140 })), (password) => {
        const fault = judgePassword(password, owner)
        const strength = passwordStrength(password, known)
        if (fault) expect(strength).toBe(fault.code)
        else expect(['fair', 'good', 'strong']).toContain(strength)
      }),
      { numRuns: 300 },
    )
  })

  test.each([
    ['short', 'tooShort'],
    ['x'.repeat(129), 'tooLong'],
    ['Mira Tóth Mira', 'personal'],
    ['password123456', 'common'],
    ['Sommer2026!!', 'fair'],
    ['blue kettle 7', 'good'],
    ['liquid teapot garden', 'strong'],
  ])('the strength of %j is %s', (password, strength) => {
    expect(passwordStrength(password, known)).toBe(strength)
  })
})
