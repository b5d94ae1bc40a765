import { expect, test } from 'vitest'
import { withArticle } from '../../../domain/texts/hungarian-article.ts'
import { localeFor } from '../../../domain/texts/index.ts'

const english = localeFor('en').texts

/** Every text by its place: `page.errors.common`. A text with something in it is called with stand-ins. */
function texts(value: unknown, place = ''): [string, string][] {
  if (typeof value === 'string') return [[place, value]]
  if (typeof value === 'function') return [[place, String(value('«one»', '«two»'))]]
  return Object.entries(value as object).flatMap(([key, part]) => texts(part, place === '' ? key : `${place}.${key}`))
}

test.each(['de', 'es', 'fr', 'hu', 'ja', 'nl', 'pt', 'pt-BR'])(
  '%s says everything that English says, in its own words',
  (tag) => {
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
  },
)

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
])('a reader of %s is written to in %s', (tag, lang, word) => {
  expect(localeFor(tag)).toMatchObject({ lang, texts: { mail: { password: word } } })
})

test('words that an administrator wrote in a language are for all of its regions', () => {
  expect(localeFor('pt-BR').language).toBe(localeFor('pt-PT').language)
})

test.each([
  ['de', 'Guten Tag Mira Tóth,'],
  ['ja', 'Tóth Mira 様'],
  ['hu', 'Kedves Mira!'],
  ['fr', 'Bonjour Mira,'],
])('in %s a stranger is greeted with the name that is usual there', (tag, greeting) => {
  expect(localeFor(tag).greet({ firstName: ' Mira', lastName: 'Tóth' })).toBe(greeting)
  expect(localeFor(tag).greet({ firstName: ' ', lastName: 'Tóth' })).not.toContain('Tóth')
})

test.each(['en', 'es', 'nl', 'pt', 'pt-BR'])('in %s one character is no plural', (tag) => {
  const { tooShort } = localeFor(tag).texts.page.errors
  const [one, two] = [tooShort(12, 1), tooShort(12, 2)].map((text) => text.replace(/\d+/g, 'n'))
  expect(one).not.toBe(two)
})

test('in French no line can begin with a double sign', () => {
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
])('the Hungarian article of %s', (name, withIt) => {
  expect(withArticle(name)).toBe(withIt)
})
