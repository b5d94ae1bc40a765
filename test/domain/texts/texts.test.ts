import { expect, test } from 'vitest'
import { withArticle } from '../../../domain/texts/hungarian-article.ts'
import { localeFor } from '../../../domain/texts/index.ts'

const english = localeFor('en').texts

/** Returns every text with its path, such as `page.errors.common`. A text with parameters gets placeholder values. */
function texts(value: unknown, place = ''): [string, string][] {
  if (typeof value === 'string') return [[place, value]]
  if (typeof value === 'function') return [[place, String(value('«one»', '«two»'))]]
  return Object.entries(value as object).flatMap(([key, part]) => texts(part, place === '' ? key : `${place}.${key}`))
}

test.each(['de', 'es', 'fr', 'hu', 'ja', 'nl', 'pt', 'pt-BR'])('the texts in %s are complete and translated', (tag) => {
  const own = texts(localeFor(tag).texts)
  expect(own.map(([place]) => place).sort()).toEqual(
    texts(english)
      .map(([place]) => place)
      .sort(),
  )
  expect(own.filter(([, text]) => text.trim() === '')).toEqual([])
  const { strength } = localeFor(tag).texts.page
  expect(new Set(Object.values(strength)).size).toBe(7)
  const untranslated = Object.values(strength).filter((word) => Object.values(english.page.strength).includes(word))
  expect(untranslated).toEqual([])
})

test.each([
  ['pt', 'pt', 'Palavra-passe'],
  ['pt-PT', 'pt', 'Palavra-passe'],
  ['pt-AO', 'pt', 'Palavra-passe'],
  ['pt-BR', 'pt-BR', 'Senha'],
  ['pt-br', 'pt-BR', 'Senha'],
  ['pt-Latn-BR', 'pt-BR', 'Senha'],
  ['fr-CA', 'fr', 'Mot de passe'],
  ['de-x-private', 'de', 'Passwort'],
  ['pt_BR', 'en', 'Password'],
  ['sv-SE', 'en', 'Password'],
])('a user with the language %s gets texts in %s', (tag, lang, word) => {
  expect(localeFor(tag)).toMatchObject({ lang, texts: { mail: { password: word } } })
})

test('an administrator’s text in a language applies to all of its regions', () => {
  expect(localeFor('pt-BR').language).toBe(localeFor('pt-PT').language)
})

test.each([
  ['de', 'Guten Tag Mira Tóth,'],
  ['ja', 'Tóth Mira 様'],
  ['hu', 'Kedves Mira!'],
  ['fr', 'Bonjour Mira,'],
])('the greeting in %s uses the customary form of the name', (tag, greeting) => {
  expect(localeFor(tag).greet({ firstName: ' Mira', lastName: 'Tóth' })).toBe(greeting)
  expect(localeFor(tag).greet({ firstName: ' ', lastName: 'Tóth' })).not.toContain('Tóth')
})

test.each(['en', 'es', 'nl', 'pt', 'pt-BR'])('the texts in %s use the singular for one character', (tag) => {
  const { tooShort } = localeFor(tag).texts.page.errors
  const [one, two] = [tooShort(12, 1), tooShort(12, 2)].map((text) => text.replace(/\d+/g, 'n'))
  expect(one).not.toBe(two)
})

test('no line of the French texts can begin with a colon, semicolon or similar sign', () => {
  for (const [place, text] of texts(localeFor('fr').texts))
    expect([place, text]).not.toEqual([place, expect.stringMatching(/ [:;?!]/)])
})

test.each([
  ['Blue Harbour', 'A Blue Harbour'],
  ['Oktató Kft.', 'Az Oktató Kft.'],
  ['Északi Híd', 'Az Északi Híd'],
  ['MTA', 'Az MTA'],
  ['BKV Zrt.', 'A BKV Zrt.'],
  ['people.csv', 'A people.csv'],
  ['5 Csillag', 'A(z) 5 Csillag'],
  ['{company}', 'A(z) {company}'],
])('the Hungarian article of %s is correct', (name, withIt) => {
  expect(withArticle(name)).toBe(withIt)
})
