import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Alias, looseTitle, TitleIndex } from '../../../domain/people/title.ts'

const course = (title: string, id = title) => ({ id, title })
const dashes = ['-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212']
const spaces = [' ', '\t', '\u00a0', '\u2003', '\u3000', '\u0085', '\u202f']

/** Computes the Dice coefficient by the textbook's formula, pair by pair. */
function dice(a: string, b: string): number {
  const pairs = (text: string) => Array.from({ length: Math.max(text.length - 1, 0) }, (_, i) => text.slice(i, i + 2))
  const left = pairs(a)
  const total = left.length + pairs(b).length
  let shared = 0
  for (const pair of pairs(b)) {
    const at = left.indexOf(pair)
    if (at >= 0) {
      left.splice(at, 1)
      shared += 1
    }
  }
  return total === 0 ? 0 : (2 * shared) / total
}

describe('FORMATS: title matching', () => {
  it('title matching ignores case', () => {
    expect(new TitleIndex([course('Fire Safety')]).match('fIRE sAFETY')).toEqual({ course: course('Fire Safety') })
  })

  it('title matching ignores leading, trailing and repeated white space of any Unicode kind', () => {
    const index = new TitleIndex([course('Fire Safety')])
    for (const space of spaces) {
      expect(index.match(`${space}Fire${space}${space}Safety${space}`).course, JSON.stringify(space)).not.toBeNull()
    }
  })

  it('title matching ignores the kind of dash and the spaces around it', () => {
    const index = new TitleIndex([course('Safety – Level 1')])
    for (const dash of dashes) {
      for (const title of [`Safety ${dash} Level 1`, `Safety${dash}Level 1`, `Safety${dash} Level 1`]) {
        expect(index.match(title).course, title).not.toBeNull()
      }
    }
  })

  it('title matching ignores no other difference', () => {
    const index = new TitleIndex([course('Safety – Level 1')])
    for (const title of [
      'Safety Level 1',
      'Safety – Level 11',
      'Säfety – Level 1',
      'Safety – Level',
      'Safety_Level 1',
    ]) {
      expect(index.match(title), title).toEqual({ course: null, reason: 'unknown' })
    }
  })

  it('title matching prefers an exact match to a loose one', () => {
    const index = new TitleIndex([course('First aid', 'lower'), course('First Aid', 'upper')])
    expect(index.match('First Aid')).toEqual({ course: course('First Aid', 'upper') })
  })

  it('a title that matches two courses equally well is ambiguous, and both are suggested', () => {
    const index = new TitleIndex([course('First aid', 'lower'), course('First Aid', 'upper')])
    expect(index.match('FIRST AID')).toEqual({ course: null, reason: 'ambiguous' })
    expect(index.suggest('FIRST AID').sort()).toEqual(['First Aid', 'First aid'])
    const twins = new TitleIndex([course('Same', 'a'), course('Same', 'b')])
    expect(twins.match('Same')).toEqual({ course: null, reason: 'ambiguous' })
  })

  it('an unknown title gets the closest titles as suggestions, best first, and no others', () => {
    const index = new TitleIndex(
      ['Safety – Level 1', 'Safety – Level 2', 'Welding', 'Data protection'].map((t) => course(t)),
    )
    expect(index.suggest('Saftey – Level 1')[0]).toBe('Safety – Level 1')
    expect(index.suggest('Weldign')).toEqual(['Welding'])
    expect(index.suggest('zzzzzz')).toEqual([])
  })

  it('the suggestions follow the Dice coefficient over letter pairs', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcd '), minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { selector: looseTitle, minLength: 1, maxLength: 12 }),
        word,
        (titles, asked) => {
          fc.pre(titles.every((title) => looseTitle(title) !== looseTitle(asked)))
          const scored = titles
            .map((title) => ({ title, score: dice(looseTitle(title), looseTitle(asked)) }))
            .filter(({ score }) => score >= 0.35)
            .sort((a, b) => b.score - a.score || a.title.localeCompare(b.title, 'en'))
          expect(new TitleIndex(titles.map((title) => course(title))).suggest(asked)).toEqual(
            scored.slice(0, 3).map(({ title }) => title),
          )
        },
      ),
    )
  })

  it('a title is found in every loosely equal spelling', () => {
    const respelling = fc.array(
      fc.oneof(fc.constantFrom(...'abcXYZ019'), fc.constantFrom(...dashes), fc.constantFrom(...spaces)),
      { minLength: 1, maxLength: 30 },
    )
    fc.assert(
      fc.property(respelling, fc.constantFrom(...dashes), fc.constantFrom(...spaces), (characters, dash, space) => {
        const title = characters.join('')
        const respelt = characters
          .map((c) => (dashes.includes(c) ? `${space}${dash}` : spaces.includes(c) ? `${c}${space}` : c.toUpperCase()))
          .join('')
        expect(looseTitle(respelt)).toBe(looseTitle(title))
        expect(looseTitle(looseTitle(title))).toBe(looseTitle(title))
      }),
    )
  })
})

describe('title aliases', () => {
  const courses = [course('First Aid', 'aid'), course('first aid', 'lower'), course('Welding', 'welding')]
  const taught = (title: string, courseId: string, once = false): Alias => ({ key: looseTitle(title), courseId, once })
  const matched = (title: string, ...aliases: Alias[]) => new TitleIndex(courses, aliases).match(title)

  it('a title alias matches its course in every loosely equal spelling', () => {
    for (const spelling of ['Fire Drill', ' FIRE  drill ']) {
      expect(matched(spelling, taught('Fire Drill', 'welding'))).toEqual({ course: course('Welding', 'welding') })
    }
  })

  it('an exact match takes precedence over a title alias, and an alias over a loose match', () => {
    const odd = taught('First Aid', 'welding')
    expect(matched('First Aid', odd)).toMatchObject({ course: { id: 'aid' } })
    expect(matched('FIRST AID', odd)).toMatchObject({ course: { id: 'welding' } })
    expect(matched('WELDING', taught('welding', 'aid'))).toMatchObject({ course: { id: 'aid' } })
  })

  it('a title alias resolves a title that two courses share', () => {
    const twins = [course('Same', 'a'), course('Same', 'b')]
    const index = new TitleIndex(twins, [taught('Same', 'b')])
    expect(index.match('Same')).toEqual({ course: course('Same', 'b') })
  })

  it('a title alias for this import takes precedence over a saved one, in either order', () => {
    const always = taught('Fire Drill', 'aid')
    const once = taught('Fire Drill', 'welding', true)
    expect(matched('Fire Drill', always, once)).toMatchObject({ course: { id: 'welding' } })
    expect(matched('Fire Drill', once, always)).toMatchObject({ course: { id: 'welding' } })
  })

  it('a title alias to a course that is no longer open to the company does not match, and the reason is not-available', () => {
    expect(matched('Fire Drill', taught('Fire Drill', 'gone'))).toEqual({ course: null, reason: 'not-available' })
    expect(matched('WELDING', taught('welding', 'gone'))).toMatchObject({ course: { id: 'welding' } })
    const always = taught('Fire Drill', 'aid')
    expect(matched('Fire Drill', always, taught('Fire Drill', 'gone', true))).toMatchObject({ course: { id: 'aid' } })
  })
})
