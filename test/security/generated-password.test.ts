import { describe, expect, test } from 'vitest'
import { createGeneratedPasswords, hashGenerated } from '../../security/generated-password.ts'
import { hashPassword, verifyPassword } from '../../security/password.ts'

const secret = 'a secret of at least thirty-two characters'
const { passwordFor } = createGeneratedPasswords(secret)

describe('a generated password', () => {
  test('a generated password is the same for the same e-mail and differs for another e-mail or secret', () => {
    expect(passwordFor('a')).toBe(createGeneratedPasswords(secret).passwordFor('a'))
    expect(passwordFor('a')).not.toBe(passwordFor('b'))
    expect(passwordFor('a')).not.toBe(createGeneratedPasswords(`${secret}!`).passwordFor('a'))
  })

  test('a generated password has at least 112 bits: 24 characters, each of 31 equally likely', () => {
    const counts = new Map<string, number>()
    for (let n = 0; n < 2_000; n++) {
      const letters = passwordFor(String(n)).replaceAll('-', '')
      expect(letters).toHaveLength(24)
      for (const letter of letters) counts.set(letter, (counts.get(letter) ?? 0) + 1)
    }
    expect([...counts.keys()].sort().join('')).toBe('23456789abcdefghjkmnpqrstuvwxyz')
    expect(24 * Math.log2(counts.size)).toBeGreaterThan(112)
    const usual = (2_000 * 24) / 31
    for (const count of counts.values()) expect(Math.abs(count - usual)).toBeLessThan(6 * Math.sqrt(usual))
  })

  test('a generated password is stored as a salted hash', () => {
    const password = passwordFor('a')
    const stored = hashGenerated(password, 'a')
    expect(stored).toMatch(/^sha256\$a\$[\w-]{43}$/)
    expect(hashGenerated(password, 'b')).not.toBe(stored.replace('$a$', '$b$'))
  })
})

describe('verifying a password', () => {
  test('a generated password is accepted with any grouping, and another one is rejected', async () => {
    const password = passwordFor('a')
    const stored = hashGenerated(password, 'a')
    for (const typed of [password, password.toUpperCase(), password.replaceAll('-', ''), ` ${password} `]) {
      expect(await verifyPassword(stored, typed)).toBe(true)
    }
    for (const wrong of ['', passwordFor('b'), password.slice(1), stored]) {
      expect(await verifyPassword(stored, wrong)).toBe(false)
    }
  })

  test('a chosen password is accepted in any Unicode form, and another one is rejected', async () => {
    const stored = await hashPassword('Grüße aus Köln')
    expect(await verifyPassword(stored, 'Grüße aus Köln'.normalize('NFD'))).toBe(true)
    expect(await verifyPassword(stored, 'grüße aus köln')).toBe(false)
  })

  test.each(['', 'sha256$', 'sha256$a$', 'sha256$a$b$c', 'md5$x', '$argon2i$v=19$m=8,t=1,p=1$YWJj$YWJj'])(
    'no password matches the invalid stored text %j',
    async (stored) => {
      for (const password of ['', stored, 'x']) expect(await verifyPassword(stored, password)).toBe(false)
    },
  )
})
