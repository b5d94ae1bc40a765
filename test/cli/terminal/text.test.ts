import { describe, expect, test } from 'vitest'
import { bytes, count, displayWidth, duration, plain, table, wrap } from '../../../cli/terminal/text.ts'

describe('text for a terminal', () => {
  test('text from a cell cannot control the terminal or reverse the writing direction', () => {
    expect(plain('a\u001b[2Jb\nc\u202ed')).toBe('a\\u{1b}[2Jb\\u{a}c\\u{202e}d')
    expect(plain('Zoë – 佐藤')).toBe('Zoë – 佐藤')
  })

  test('columns stay aligned with wide characters and combining accents', () => {
    expect(displayWidth('佐藤')).toBe(4)
    expect(displayWidth('e\u0301')).toBe(1)
    expect(
      table([
        ['佐藤', 'x'],
        ['Zoë', 'y'],
        ['Łukasz', 'z'],
      ]),
    ).toEqual(['佐藤    x', 'Zoë     y', 'Łukasz  z'])
  })

  test('lines break at spaces, and a longer word stays whole', () => {
    expect(wrap('one two three incomprehensibilities four', 9)).toEqual([
      'one two',
      'three',
      'incomprehensibilities',
      'four',
    ])
    expect(wrap('', 9)).toEqual([])
  })

  test.each([
    [0, '0.0 s'],
    [420, '0.4 s'],
    [4_200, '4 s'],
    [59_600, '1 min 00 s'],
    [185_000, '3 min 05 s'],
    [7_830_000, '2 h 10 min'],
  ])('a duration of %i ms is printed as %s', (ms, text) => expect(duration(ms)).toBe(text))

  test.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [5_120, '5.1 kB'],
    [65_000_000, '65 MB'],
  ])('a size of %i bytes is printed as %s', (size, text) => expect(bytes(size)).toBe(text))

  test('a large number has a comma between groups of three digits', () =>
    expect(count(1_234_567, 'row')).toBe('1,234,567 rows'))
})
