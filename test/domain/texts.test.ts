import { expect, test } from 'vitest'
import { localeFor } from '../../domain/texts/index.ts'

const english = localeFor('en').texts

/** Every text by its place: `page.errors.common`. A text with something in it is called with stand-ins. */
function texts(value: unknown, place = ''): [string, string][] {
  if (typeof value === 'string') return [[place, value]]
  if (typeof value === 'function') return [[place, String(value('«one»', '«two»'))]]
  return Object.entries(value as object).flatMap(([key, part]) => texts(part, place === '' ? key : `${place}.${key}`))
}

test.each(['de', 'es', 'fr', 'hu', 'ja', 'nl', 'pt'])(
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
