import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseEmail } from '../../../domain/people/email.ts'

describe('an e-mail address', () => {
  it.each([
    ['Ada@Example.COM', 'ada@example.com'],
    ['  ada@example.com\t', 'ada@example.com'],
    ["o'neil+x@mail.example.org", "o'neil+x@mail.example.org"],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@BÜCHER.example', 'ada@xn--bcher-kva.example'],
  ])('the address %j has the key %s', (text, key) => {
    expect(parseEmail(text)?.key).toBe(key)
  })

  it('an address keeps its spelling without surrounding white space', () => {
    expect(parseEmail(' Ada@Example.COM ')?.address).toBe('Ada@Example.COM')
  })

  it.each([
    'ada',
    '@example.com',
    'ada@',
    'ada@example',
    'a@b@example.com',
    'ada@example.com,eve@evil.example',
    'ada@example.com;eve@evil.example',
    'Ada <ada@example.com>',
    'group:ada@example.com;',
    'ada@example.com\r\nBcc: eve@evil.example',
    '"ada lovelace"@example.com',
    'ada(comment)@example.com',
    'ada lovelace@example.com',
    '.ada@example.com',
    'ada.@example.com',
    'a..da@example.com',
    'ada@-example.com',
    'ada@example-.com',
    'ada@[127.0.0.1]',
    'ada@127.0.0.1',
    'ad\u0000a@example.com',
    'ad\u212Aa@example.com',
    `${'a'.repeat(65)}@example.com`,
    `ada@${'a'.repeat(64)}.com`,
    `ada@${'abcdefgh.'.repeat(30)}com`,
    '',
  ])('HAZARD 3 and 22: the address %j is rejected', (text) => {
    expect(parseEmail(text)).toBeNull()
  })

  it('the key of an address has no white space, upper-case letter or second recipient', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: 'grapheme' })), (text) => {
        const key = parseEmail(text)?.key
        if (key !== undefined) expect(key).toMatch(/^[^\sA-Z@,;:<>"()]+@[a-z0-9.-]+$/)
      }),
    )
  })

  it('the key of an address, read as an address, has the same key', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (text) => {
        const parsed = parseEmail(text)
        if (parsed) expect(parseEmail(parsed.key)?.key).toBe(parsed.key)
      }),
    )
  })
})
