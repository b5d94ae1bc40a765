import { describe, expect, it } from 'vitest'
import { checkHeaders } from '../../domain/headers.ts'
import { readPerson } from '../../domain/person.ts'
import { onboarding } from '../../domain/templates/index.ts'

const headers = [...onboarding.exampleHeader]
const valid = ['1', 'Ada', 'Byron', 'ada@example.com', 'Blue Harbour', 'Spring', 'en-GB', 'Analyst', 'North', 'A', '']

function read(changes: Record<string, string> = {}) {
  const checked = checkHeaders(onboarding, headers)
  if (!checked.ok) throw new Error('the example header is wrong')
  return readPerson(
    valid.map((cell, i) => changes[headers[i]!] ?? cell),
    checked.columns,
  )
}
const codes = (changes: Record<string, string>) => read(changes).errors.map(({ column, code }) => [column, code])

describe('FORMATS: a row of onboarding', () => {
  it('is read whole', () => {
    expect(read()).toEqual({
      enabled: true,
      firstName: 'Ada',
      lastName: 'Byron',
      email: 'ada@example.com',
      emailKey: 'ada@example.com',
      company: 'Blue Harbour',
      cohort: 'Spring',
      language: 'en-GB',
      jobRole: 'Analyst',
      region: 'North',
      titles: ['A'],
      errors: [],
    })
  })

  it.each(['', '2', 'true', 'yes', '01'])('enabled is 1 or 0; %j is an error', (enabled) => {
    expect(codes({ enabled })).toEqual([['enabled', 'invalid-enabled']])
  })

  it('enabled 0 is created disabled', () => {
    expect(read({ enabled: '0' })).toMatchObject({ enabled: false, errors: [] })
  })

  it.each(['name', 'email', 'companyName', 'languageCode'])('%s is required', (column) => {
    expect(codes({ [column]: '  ' })).toEqual([[column, 'missing-value']])
  })

  it.each(['last_name', 'cohortName', 'job_role', 'region', 'module requested 1'])('%s may be empty', (column) => {
    expect(codes({ [column]: '' })).toEqual([])
  })

  it('needs a valid address, and says what was found', () => {
    expect(read({ email: 'ada at example' }).errors).toEqual([
      {
        column: 'email',
        code: 'invalid-email',
        message: 'Expected one e-mail address such as ada@example.com.',
        value: 'ada at example',
      },
    ])
  })

  it.each(['english', 'xx', 'en_GB', 'e', 'en-GB-'])('languageCode is BCP 47; %j is an error', (languageCode) => {
    expect(codes({ languageCode })).toEqual([['languageCode', 'invalid-language']])
  })

  it.each([
    ['EN-gb', 'en-GB'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['de', 'de'],
  ])('%s is stored as %s', (text, tag) => {
    expect(read({ languageCode: text }).language).toBe(tag)
  })

  it('compares the names of companies and cohorts exactly, stray spaces included', () => {
    expect(read({ companyName: ' Blue Harbour', cohortName: 'Spring ' })).toMatchObject({
      company: ' Blue Harbour',
      cohort: 'Spring ',
    })
  })

  it('reports everything that is wrong at once, and still reads company and titles', () => {
    const row = read({ enabled: 'x', name: '', email: 'x', languageCode: '' })
    expect(row.errors.map(({ code }) => code).sort()).toEqual([
      'invalid-email',
      'invalid-enabled',
      'missing-value',
      'missing-value',
    ])
    expect(row).toMatchObject({ company: 'Blue Harbour', titles: ['A'] })
  })
})
