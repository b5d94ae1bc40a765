import { describe, expect, test } from 'vitest'
import { toHtml, toText } from '../../../domain/emails/layout.ts'
import {
  builtInText,
  createTextChoice,
  fillText,
  mistakesIn,
  type TextField,
  textKinds,
  tidyText,
} from '../../../domain/emails/own-text.ts'
import { type PersonalMail, renderEmail } from '../../../domain/emails/render-email.ts'
import { textLanguages } from '../../../domain/texts/index.ts'

const words = { subject: 'Hi {firstName}', intro: 'Welcome to {company}.', button: 'Begin' }
const link = 'https://muster.example/activate/1.abc'
const mail: PersonalMail = {
  kind: 'activation',
  invited: false,
  email: 'mira@people.example',
  firstName: 'Mira',
  lastName: 'Tóth',
  language: 'en-GB',
  company: 'Blue Harbour',
  message: null,
  deliverTo: null,
  text: words,
  link,
  expiresAt: new Date('2026-03-05T14:02:00Z'),
}
const withText = (text: Partial<typeof words>, more: Partial<typeof mail> = {}) =>
  renderEmail({ ...mail, ...more, text: { ...words, ...text } } as PersonalMail)

describe('the text that an administrator writes', () => {
  test.each<[TextField, string]>([
    ['subject', 'Welcome to {company}, {firstName} {lastName}'],
    ['subject', 'x'.repeat(200)],
    ['intro', 'One\nline\n\nTwo {firstName}'],
    ['intro', 'x'.repeat(2_000)],
    ['button', 'パスワードを設定する'],
    ['button', '👩‍🎓 Begin'],
  ])('a text is accepted as %s: %j', (field, text) => {
    expect(mistakesIn(field, tidyText(text))).toEqual([])
  })

  test.each<[TextField, string, RegExp]>([
    ['subject', '  ', /^expected a text$/],
    ['subject', 'x'.repeat(201), /^expected at most 200 characters; these are 201$/],
    ['intro', 'x'.repeat(2_001), /at most 2000/],
    ['button', 'x'.repeat(61), /at most 60/],
    ['subject', 'Hello\r\nBcc: thief@evil.example', /^holds a line break/],
    ['subject', 'Hello\u2028Bcc: thief@evil.example', /^holds a line break/],
    ['subject', 'Hello\u0000', /character that cannot stand there/],
    ['button', 'Go\nthere', /^holds a line break/],
    ['intro', 'bell \u0007', /character that cannot stand there/],
    ['intro', 'half \ud83d', /character that cannot stand there/],
    ['intro', 'Dear {name}', /^“\{name\}” cannot be filled in: in braces stand only \{company\}, \{firstName\} and/],
    ['intro', 'Dear {{firstName}}', /^“\{\{firstName\}\}” cannot/],
    ['intro', 'Dear {Company}', /^“\{Company\}” cannot/],
    ['subject', 'Dear {firstName', /^“\{” cannot/],
    ['subject', 'Dear firstName}', /^“\}” cannot/],
    ['intro', '{a} {b} {a} {company}', /^“\{a\}”, “\{b\}” cannot/],
    ['button', 'Join {company}', /^“\{company\}” cannot be filled in: a button has none$/],
  ])('a text is rejected as %s: %j', (field, text, mistake) => {
    expect(mistakesIn(field, tidyText(text))).toEqual([expect.stringMatching(mistake)])
  })

  test('Muster’s own texts follow the rules for administrators’ texts in each language', () => {
    for (const language of textLanguages) {
      for (const kind of textKinds) {
        const own = builtInText(kind, language)
        for (const field of ['subject', 'intro', 'button'] as const) {
          expect(mistakesIn(field, own[field]), `${kind} ${language}`).toEqual([])
          expect(tidyText(own[field])).toBe(own[field])
        }
        expect(own.subject + own.intro).toContain('{company}')
      }
    }
  })

  test('a tidied text has one empty line between paragraphs and no signature separator', () => {
    expect(tidyText('  One \r\n-- \r\n\r\n \t\r\n\r\nTwo\rThree  ')).toBe('One\n--\n\nTwo\nThree')
  })
})

describe('the values of placeholders', () => {
  const values = { company: 'Blue Harbour', firstName: 'Mira', lastName: 'Tóth' }

  test('every placeholder is replaced with the user’s value, wherever and however often it appears', () => {
    expect(fillText('{firstName} {lastName} at {company}: {firstName}!', values)).toBe(
      'Mira Tóth at Blue Harbour: Mira!',
    )
  })

  test('a value that looks like a placeholder is not replaced', () => {
    expect(fillText('{firstName}', { ...values, firstName: '{lastName} $& {company}' })).toBe('{lastName} $& {company}')
  })

  test.each([
    ['Hello {firstName}!', 'Hello!'],
    ['{firstName}, your account', 'your account'],
    ['Dear {firstName} {lastName},', 'Dear Tóth,'],
  ])('a missing name leaves no gap: %j', (text, filled) => {
    expect(fillText(text, { ...values, firstName: ' ' })).toBe(filled)
  })

  test('a value with line breaks is put on one line', () => {
    expect(fillText('To {firstName}', { ...values, firstName: 'A\r\nBcc: x@y.example\u2028B' })).toBe(
      'To A Bcc: x@y.example B',
    )
  })
})

describe('the text of an e-mail', () => {
  const text = (
    company: string | null,
    language: 'de' | 'en' | 'pt',
    kind: 'activation' | 'invitation' = 'activation',
  ) => ({
    company,
    language,
    kind,
  })
  const all = [
    text('blue', 'de'),
    text(null, 'de'),
    text(null, 'pt'),
    text(null, 'en'),
    text('red', 'pt'),
    text('blue', 'en', 'invitation'),
  ]
  const choose = createTextChoice(all)

  test.each([
    ['the company’s in the person’s language', 'blue', 'de-AT', all[0]],
    ['else everybody’s in that language', 'red', 'de', all[1]],
    ['everybody’s for somebody of no company', null, 'de', all[1]],
    ['Portuguese for a reader in Brazil', 'red', 'pt-BR', all[4]],
    ['everybody’s in the language, not the company’s in another', 'blue', 'pt-BR', all[2]],
    ['English for a language without texts', 'blue', 'sv', all[3]],
    ['Muster’s own in a language in which nobody wrote', 'blue', 'fr', null],
  ])('the text of an e-mail is chosen by company and language: %s', (_, company, language, expected) => {
    expect(choose({ company, kind: 'activation', language })).toBe(expected ?? null)
  })

  test('the text of an e-mail has the kind of the e-mail', () => {
    expect(choose({ company: 'blue', kind: 'invitation', language: 'en' })).toBe(all[5])
    expect(choose({ company: 'blue', kind: 'welcome', language: 'en' })).toBeNull()
  })
})

describe('an e-mail with an administrator’s text', () => {
  test('an e-mail has the administrator’s paragraphs between greeting and link, and keeps all of Muster’s parts', () => {
    const content = withText({ intro: 'One for {firstName}\nand a line\n\nTwo', button: 'Los' })
    expect(content.subject).toBe('Hi Mira')
    expect(content.preview).toBe('One for Mira\nand a line')
    expect(content.paragraphs).toEqual(['Hello Mira,', 'One for Mira\nand a line', 'Two'])
    expect(content.button).toEqual({ label: 'Los', href: link })
    expect(toHtml(content)).toContain('One for Mira<br>\nand a line</p>')
    expect(toHtml(content).split(link)).toHaveLength(4)
    expect(toText(content)).toContain(`Two\r\n\r\nLos:\r\n${link}`)
    const own = renderEmail({ ...mail, text: null })
    expect([content.notes, content.linkBelow]).toEqual([own.notes, own.linkBelow])
  })

  test('an administrator’s text is escaped in HTML', () => {
    const html = toHtml(withText({ intro: '<a href="https://evil.example">{company}</a>', subject: '<script>' }))
    expect(html).toContain('&lt;a href=&quot;https://evil.example&quot;&gt;Blue Harbour&lt;/a&gt;')
    expect(html).not.toContain('<script>')
  })

  test('an e-mail uses Muster’s own text when the administrator’s text is empty without a name', () => {
    const content = withText(
      { subject: '{firstName}', intro: '{firstName}\n\n{lastName}' },
      { firstName: '', lastName: null },
    )
    const own = renderEmail({ ...mail, firstName: '', lastName: null, text: null })
    expect([content.subject, content.paragraphs]).toEqual([own.subject, own.paragraphs])
  })

  test('the subject names the user when the e-mail is delivered to another address', () => {
    expect(withText({}, { deliverTo: 'hr@blueharbour.example' }).subject).toBe(
      'For Mira Tóth (mira@people.example): Hi Mira',
    )
  })

  test('an e-mail names the platform when the user has no company', () => {
    expect(withText({}, { company: null }).paragraphs.at(-1)).toBe('Welcome to Muster.')
  })
})
