import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { looseTitle, TitleIndex } from '../../domain/title.ts'

const course = (title: string, id = title) => ({ id, title })
const dashes = ['-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212']
const spaces = [' ', '\t', '\u00a0', '\u2003', '\u3000', '\u0085', '\u202f']

describe('FORMATS: title matching', () => {
  it('ignores case', () => {
    expect(new TitleIndex([course('Fire Safety')]).match('fIRE sAFETY')).toEqual({ course: course('Fire Safety') })
  })

  it('ignores leading, trailing and repeated white space, whichever Unicode white space it is', () => {
    const index = new TitleIndex([course('Fire Safety')])
    for (const space of spaces) {
      expect(index.match(`${space}Fire${space}${space}Safety${space}`).course, JSON.stringify(space)).not.toBeNull()
    }
  })

  it('ignores which dash is used, with or without spaces around it', () => {
    const index = new TitleIndex([course('Safety – Level 1')])
    for (const dash of dashes) {
      for (const title of [`Safety ${dash} Level 1`, `Safety${dash}Level 1`, `Safety${dash} Level 1`]) {
        expect(index.match(title).course, title).not.toBeNull()
      }
    }
  })

  it('does not ignore anything else', () => {
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

  it('prefers an exact match to a loose one', () => {
    const index = new TitleIndex([course('First aid', 'lower'), course('First Aid', 'upper')])
    expect(index.match('First Aid')).toEqual({ course: course('First Aid', 'upper') })
  })

  it('calls two courses that match equally well ambiguous, and offers both', () => {
    const index = new TitleIndex([course('First aid', 'lower'), course('First Aid', 'upper')])
    expect(index.match('FIRST AID')).toEqual({ course: null, reason: 'ambiguous' })
    expect(index.suggest('FIRST AID').sort()).toEqual(['First Aid', 'First aid'])
    const twins = new TitleIndex([course('Same', 'a'), course('Same', 'b')])
    expect(twins.match('Same')).toEqual({ course: null, reason: 'ambiguous' })
  })

  it('suggests the closest titles first, and nothing that is not close', () => {
    const index = new TitleIndex(
      ['Safety – Level 1', 'Safety – Level 2', 'Welding', 'Data protection'].map((t) => course(t)),
    )
    expect(index.suggest('Saftey – Level 1')[0]).toBe('Safety – Level 1')
    expect(index.suggest('Weldign')).toEqual(['Welding'])
    expect(index.suggest('zzzzzz')).toEqual([])
  })

  it('is a true equivalence: a title is found however it is respelt', () => {
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
