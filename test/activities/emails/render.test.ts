import { describe, expect, test } from 'vitest'
import { classify, cleanFaultWords, cleanWords } from '../../../activities/emails/delivery.ts'
import { compose, readSender, recipientOf } from '../../../activities/emails/write/compose.ts'
import { toHtml, toText } from '../../../domain/emails/layout.ts'
import { renderEmail } from '../../../domain/emails/render-email.ts'
import { localeFor } from '../../../domain/texts/index.ts'

const sender = readSender('Muster <no-reply@muster.example>', 'https://muster.example')
const link = 'https://muster.example/activate/1.Zk3vQ2h1Zk3vQ2h1Zk3vQ2h1Zk3vQ2h1Zk3vQ2h1ZkA'
const mail = {
  kind: 'activation' as const,
  invited: false,
  email: 'mira@people.example',
  lastName: 'Tóth',
  deliverTo: null,
  text: null,
  firstName: 'Mira',
  company: 'Blue <Harbour> & "Co"',
  language: 'en-GB',
  message: 'Welcome!\n<script>alert(1)</script>\n.\nBye',
  link,
  expiresAt: new Date('2026-03-05T14:02:00Z'),
}

describe('an activation e-mail', () => {
  test('an activation e-mail has the link as a button, in full below it, and as text', () => {
    expect(toHtml(renderEmail(mail)).split(link)).toHaveLength(4)
    expect(toText(renderEmail(mail)).split('\r\n')).toContain(link)
  })

  test.each([
    ['en', ':'],
    ['fr-CA', '\u00a0:'],
    ['ja', '：'],
  ])('an activation e-mail in %s has the colon of its language before the link in its text', (language, colon) => {
    const lines = toText(renderEmail({ ...mail, language })).split('\r\n')
    const label = localeFor(language).texts.mails.activation.button
    expect(lines[lines.indexOf(link) - 1]).toBe(`${label}${colon}`)
  })

  test('an activation e-mail escapes names and texts', () => {
    const html = toHtml(renderEmail(mail))
    expect(html).toContain('&lt;script&gt;')
    expect(html).not.toMatch(/<script|<Harbour>/)
  })

  test('an activation e-mail loads nothing and has no tracking', () => {
    const html = toHtml(renderEmail(mail)).replaceAll(link, '')
    expect(html).not.toMatch(/https?:|src=|url\(|<img|<link|@import/)
  })

  test('a name adds no header to an activation e-mail', async () => {
    const content = renderEmail({ ...mail, company: 'Evil\r\nBcc: x@y.example', firstName: 'A\r\n\r\nB' })
    const raw = compose({ id: 'x', date: new Date(0), to: 'a@b.example', content }, sender).raw.toString()
    expect(raw.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/im)
  })

  test('an activation e-mail has lines that every server accepts, and no bare line feed', () => {
    const content = renderEmail({ ...mail, message: 'x'.repeat(5_000) })
    const raw = compose({ id: 'x', date: new Date(0), to: 'a@b.example', content }, sender).raw.toString()
    for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78)
    expect(raw).not.toMatch(/[^\r]\n/)
  })

  test.each([
    ['en-GB', '5 March 2026 at 14:02 UTC'],
    ['en-US', 'March 5, 2026 at 2:02 PM UTC'],
    ['de', '5. März 2026 um 14:02 UTC'],
    ['fr', '5 mars 2026 à 14:02 UTC'],
    ['ja', '2026年3月5日 14:02 UTC'],
    ['sv', '5 March 2026 at 14:02 UTC'],
    ['constructor', '5 March 2026 at 14:02 UTC'],
  ])('an activation e-mail in %s has the expiry time in the format of the language', (language, time) => {
    const spaces = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
    expect(spaces(toText(renderEmail({ ...mail, language })))).toContain(time)
  })
})

describe.each(['de', 'en', 'es', 'fr', 'hu', 'ja', 'nl', 'pt', 'pt-BR'])('in %s', (language) => {
  const { kind: _, ...person } = mail
  const { link: __, invited: ___, expiresAt: ____, ...common } = person
  const gift = { ...common, language, company: 'Blue Harbour', forceReset: true, signIn: 'https://muster.example' }
  const kinds = [
    { ...mail, language, company: 'Blue Harbour' },
    { ...mail, language, company: 'Blue Harbour', invited: true },
    { ...gift, kind: 'password' as const, password: 'kx7m-9pqr-2abc-wxyz-hjkm-npqr' },
    { ...gift, kind: 'welcome' as const },
  ]

  test('each kind of e-mail has its own text, and names the company and the user', () => {
    const contents = kinds.map(renderEmail)
    expect(new Set(contents.map((content) => content.subject)).size).toBe(4)
    expect(new Set(contents.map((content) => content.paragraphs[1])).size).toBe(4)
    for (const content of contents) {
      expect(content.subject).toContain('Blue Harbour')
      expect(content.paragraphs[0]).toContain('Mira')
      expect(content.paragraphs[1]).toContain('Blue Harbour')
      expect(content.subject + content.preview).not.toContain('kx7m')
    }
  })

  test('a user without a first name is greeted without a gap, and one without a company by the platform', () => {
    for (const kind of kinds) {
      const content = renderEmail({ ...kind, firstName: ' ', company: null })
      expect(content.paragraphs[0]).toMatch(/^\S.*\S$/)
      expect(content.paragraphs[0]).not.toMatch(/\s[,!:]|\s{2}/)
      expect(content.sender).toBe('Muster')
      expect(toText(content)).not.toMatch(/null|undefined/)
    }
  })

  test('an e-mail to an importer names its user first, with the names in the order of the language', () => {
    const who = ['hu', 'ja'].includes(language) ? 'Tóth Mira (mira@people.example)' : 'Mira Tóth (mira@people.example)'
    for (const kind of kinds) {
      const content = renderEmail({ ...kind, deliverTo: 'hr@blueharbour.example' })
      expect(content.subject).toContain(who)
      expect(content.subject).toContain(renderEmail(kind).subject)
      expect(content.paragraphs[0]).toContain(who)
    }
  })
})

test('an e-mail to an importer names the address of a user without a name', () => {
  const content = renderEmail({ ...mail, firstName: '', lastName: null, deliverTo: 'hr@blueharbour.example' })
  expect(content.paragraphs[0]).toBe(
    'This e-mail is for mira@people.example. Please pass it on: it was sent to nobody else.',
  )
})

test('every language has every text, and no text is left in English', () => {
  const flatten = (value: unknown): string[] =>
    typeof value === 'function'
      ? [String(value('⟦1⟧', '⟦2⟧'))]
      : typeof value === 'string'
        ? [value]
        : Object.values(value as object).flatMap(flatten)
  const english = flatten(localeFor('en').texts)
  for (const language of ['de', 'es', 'fr', 'hu', 'ja', 'nl', 'pt', 'pt-BR']) {
    const texts = flatten(localeFor(language).texts)
    expect(texts).toHaveLength(english.length)
    expect(texts.filter((text, n) => text === english[n])).toEqual([])
    // The texts of all languages have the same placeholders, in any order.
    const filled = (text: string | undefined) => [...new Set(text?.match(/⟦\d⟧/g))].sort()
    for (const [n, text] of english.entries()) expect(filled(texts[n])).toEqual(filled(text))
  }
})

test.each([
  ['p@x.example', 'p@x.example'],
  [' Mira.Toth@BÜCHER.example ', 'Mira.Toth@xn--bcher-kva.example'],
  ['a@x.example,b@y.example', null],
  ['a@x.example\r\nBcc: b@y.example', null],
  ['group:a@x.example;', null],
  ['"a b"@x.example', null],
  ['<a@x.example>', null],
])('the recipient of %j is %j', (stored, recipient) => {
  expect(recipientOf(stored)).toBe(recipient)
})

test('MAIL_FROM without exactly one mailbox is rejected with a sentence', () => {
  expect(sender).toEqual({ name: 'Muster', address: 'no-reply@muster.example', domain: 'muster.example' })
  for (const text of ['', 'nobody', 'a@x.example, b@y.example']) {
    expect(() => readSender(text, 'http://h.example')).toThrow('MAIL_FROM: expected one mailbox')
  }
})

describe('the reply of a server', () => {
  test('the stored reply of a mail server keeps its meaning and loses the address', () => {
    const words =
      '550-5.1.1 <mira.toth@x.example>: user "mira.toth" unknown\n550 see https://help.example/activate/1.abc'
    const clean = cleanWords(words, 'mira.toth@x.example')
    expect(clean).toContain('550-5.1.1')
    expect(clean).toContain('unknown')
    expect(clean).not.toMatch(/toth|1\.abc|@/)
  })

  test('the stored reply of a mail server loses the sign-in name in any spelling', () => {
    const plain = Buffer.from('\0muster\0s3cret/pass').toString('base64')
    const words = `535 5.7.8 no such user muster, ${plain} is wrong for mira@x.example: s3cret/pass`
    const clean = cleanFaultWords(words, 'smtp://muster:s3cret%2Fpass@mail.example', 'mira@x.example')
    expect(clean).toBe('535 5.7.8 no such user …, … is wrong for …: …')
  })

  test('the stored reply of a mail server is one line of at most 500 characters that a database accepts', () => {
    const clean = cleanWords(`550 \u0000\u0007${'long '.repeat(500)}`, 'a@b.example')
    expect(clean.length).toBeLessThanOrEqual(500)
    expect(clean).not.toMatch(/\p{Cc}/u)
  })
})

describe('an error without a reply', () => {
  const lost = Object.assign(new Error('closed'), { code: 'ECONNECTION' as const, command: 'CONN' })

  test('an error without a reply is unreachable before the message begins, and unknown afterwards', () => {
    expect(classify(lost, 'message').kind).toBe('unknown')
    expect(classify(lost, 'envelope').kind).toBe('unreachable')
    expect(classify(lost, 'connect').kind).toBe('unreachable')
  })

  test('an error without a reply is a configuration failure if the name does not exist or the certificate is invalid', () => {
    const named = Object.assign(new Error('x'), { code: 'EDNS' as const, originalCode: 'ENOTFOUND' })
    const certificate = Object.assign(new Error('x'), { code: 'ETLS' as const, originalCode: 'CERT_HAS_EXPIRED' })
    expect(classify(named, 'connect').kind).toBe('configuration')
    expect(classify(certificate, 'connect').kind).toBe('configuration')
  })
})
