import { describe, expect, it } from 'vitest'
import { readCustomValue } from '../../../domain/people/custom-value.ts'
import type { CustomFieldType } from '../../../domain/people/fields.ts'
import { readYesNo } from '../../../domain/people/yes-no.ts'

const choices = ['Morning', 'Evening', 'EVENING', 'Früh']
const read = (type: CustomFieldType, text: string) => {
  const reading = readCustomValue({ type, choices }, text)
  return reading.ok ? reading.value : reading.code
}

describe('FORMATS: values of custom fields', () => {
  it('a custom field of type text keeps its text, up to a limit', () => {
    expect(read('text', '012, “x”')).toBe('012, “x”')
    expect(read('text', 'x'.repeat(1_000))).toHaveLength(1_000)
    expect(read('text', 'x'.repeat(1_001))).toBe('too-long')
  })

  it.each([
    ['12', 12],
    ['-12.5', -12.5],
    ['12,5', 12.5],
    ['+0', 0],
    ['007', 7],
  ])('a custom field of type number accepts %s', (text, value) => expect(read('number', text)).toBe(value))

  it.each(['', 'x', '1.234.567', '1,234,567', '1 000', '1e9', 'Infinity', 'NaN', '0x10', '12 €', '9'.repeat(400)])(
    'a custom field of type number rejects %j',
    (text) => expect(read('number', text)).toBe('invalid-number'),
  )

  it.each(['2026-03-05', '2024-02-29'])('a custom field of type date accepts %s', (text) =>
    expect(read('date', text)).toBe(text),
  )

  it.each(['05.03.2026', '03/05/2026', '2026-02-29', '2026-13-01', '2026-3-5', '2026-03-05T00:00', '46086'])(
    'a custom field of type date rejects %s, which is ambiguous or not a date',
    (text) => expect(read('date', text)).toBe('invalid-date'),
  )

  it('a custom field of type choice accepts an allowed value, and prefers an exact match to one in another case', () => {
    expect(read('choice', 'EVENING')).toBe('EVENING')
    expect(read('choice', 'evening')).toBe('Evening')
    expect(read('choice', 'Fru\u0308h')).toBe('Früh')
    expect(read('choice', 'Night')).toBe('invalid-choice')
  })

  it('the error of a custom field of type choice lists the allowed values', () => {
    expect(readCustomValue({ type: 'choice', choices: ['a', 'b'] }, 'c')).toEqual({
      ok: false,
      code: 'invalid-choice',
      message: 'Expected one of: a, b.',
    })
  })
})

describe('yes and no', () => {
  it.each(['1', 'yes', 'Ja', 'OUI', 'Sí', 'si', 'sim', 'igen', 'はい', 'TRUE', 'WAHR', 'x', ' yes ', '１', 'si\u0301'])(
    '%s means yes',
    (text) => expect(readYesNo(text)).toBe(true),
  )

  it.each(['0', 'no', 'Nein', 'NON', 'não', 'nao', 'nee', 'nem', 'いいえ', 'FALSE', 'FALSCH', 'inaktiv'])(
    '%s means no',
    (text) => expect(readYesNo(text)).toBe(false),
  )

  it.each(['', '2', 'maybe', '01', 'yes no', 'constructor'])('%j means neither yes nor no', (text) => {
    expect(readYesNo(text)).toBeNull()
  })
})
