import { describe, expect, it } from 'vitest'
import type { CustomField, Mapping } from '../../../domain/people/fields.ts'
import { checkHeaders } from '../../../domain/people/headers.ts'
import { checkMapping } from '../../../domain/people/mapping.ts'
import { readPerson } from '../../../domain/people/person.ts'
import { invitation, none, onboarding, type Template } from '../../../domain/people/templates/index.ts'

const headers = [...onboarding.exampleHeader]
const valid = ['1', 'Ada', 'Byron', 'ada@example.com', 'Blue Harbour', 'Spring', 'en-GB', 'Analyst', 'North', 'A', '']

function read(changes: Record<string, string> = {}, company: string | null = null) {
  const checked = checkHeaders(onboarding, headers)
  if (!checked.ok) throw new Error('the example header is wrong')
  return readPerson(
    valid.map((cell, i) => changes[headers[i]!] ?? cell),
    checked.columns,
    { company },
  )
}
const codes = (changes: Record<string, string>) => read(changes).errors.map(({ column, code }) => [column, code])

describe('FORMATS: a row of onboarding', () => {
  it('every field of a row of onboarding is read', () => {
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
      description: null,
      label: null,
      groups: [],
      titles: ['A'],
      custom: {},
      errors: [],
    })
  })

  it.each(['', '2', 'true', 'yes', '01'])('enabled must be 1 or 0, so %j is an error', (enabled) => {
    expect(codes({ enabled })).toEqual([['enabled', 'invalid-enabled']])
  })

  it('a user with enabled 0 is created disabled', () => {
    expect(read({ enabled: '0' })).toMatchObject({ enabled: false, errors: [] })
  })

  it.each(['name', 'email', 'companyName', 'languageCode'])(
    'an empty %s in a row of onboarding is an error',
    (column) => {
      expect(codes({ [column]: '  ' })).toEqual([[column, 'missing-value']])
    },
  )

  it.each(['last_name', 'cohortName', 'job_role', 'region', 'module requested 1'])(
    'an empty %s in a row of onboarding is allowed',
    (column) => {
      expect(codes({ [column]: '' })).toEqual([])
    },
  )

  it('a row needs a valid address, and the error shows the invalid one', () => {
    expect(read({ email: 'ada at example' }).errors).toEqual([
      {
        column: 'email',
        code: 'invalid-email',
        message: 'Expected one e-mail address such as ada@example.com.',
        value: 'ada at example',
      },
    ])
  })

  it.each(['english', 'xx', 'en_GB', 'e', 'en-GB-'])(
    'languageCode must be a BCP 47 tag, so %j is an error',
    (languageCode) => {
      expect(codes({ languageCode })).toEqual([['languageCode', 'invalid-language']])
    },
  )

  it.each([
    ['EN-gb', 'en-GB'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['de', 'de'],
  ])('the language %s is stored as %s', (text, tag) => {
    expect(read({ languageCode: text }).language).toBe(tag)
  })

  it('the names of companies and cohorts keep stray spaces, because they are compared exactly', () => {
    expect(read({ companyName: ' Blue Harbour', cohortName: 'Spring ' })).toMatchObject({
      company: ' Blue Harbour',
      cohort: 'Spring ',
    })
  })

  it('an empty company in a file of onboarding is an error, even when the import has a company', () => {
    const row = read({ companyName: '' }, 'North Wind')
    expect(row.errors).toMatchObject([{ column: 'companyName', code: 'missing-value' }])
    expect(row.company).toBeNull()
  })

  it('an invalid row reports all of its errors, and its company and titles are still read', () => {
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

const fields: CustomField[] = [
  { key: 'startDate', label: 'Start date', type: 'date', choices: [] },
  { key: 'shift', label: 'Shift', type: 'choice', choices: ['Morning', 'Evening'] },
]

/** Reads one row of a file whose columns were matched to these fields, in this order. */
function matched(template: Template, cells: Record<string, string>, company: string | null = null) {
  const mapping: Mapping = Object.fromEntries(Object.keys(cells).map((field) => [field, `column ${field}`]))
  const { columns } = checkMapping(template, Object.values(mapping), mapping, fields, true)
  return readPerson(Object.values(cells), columns, { company })
}
const faults = (...args: Parameters<typeof matched>) =>
  matched(...args).errors.map(({ column, code }) => [column, code])

const ada = { email: 'ada@example.com', firstName: 'Ada', lastName: 'Byron', company: 'Blue Harbour' }

describe('FORMATS: a row of invitation', () => {
  it('a row of invitation may have empty cells', () => {
    const row = matched(invitation, { ...ada, firstName: '', lastName: ' ', language: '', groups: '' })
    expect(row).toMatchObject({ firstName: null, lastName: null, language: null, groups: [], errors: [] })
  })

  it('the fields of a row are read in any order', () => {
    const row = matched(invitation, {
      company: 'Blue Harbour',
      lastName: 'Byron',
      email: 'ada@example.com',
      firstName: 'Ada',
    })
    expect(row).toMatchObject({ ...ada, errors: [] })
  })

  it('a row of invitation needs an address', () => {
    expect(faults(invitation, { ...ada, email: '' })).toEqual([['column email', 'missing-value']])
  })

  it('a cell can name several groups, separated by /', () => {
    const groups = (text: string) => matched(invitation, { ...ada, groups: text }).groups
    expect(groups('Spring / Analysts/Welders')).toEqual(['Spring', 'Analysts', 'Welders'])
    expect(groups('/Spring//Spring/ ')).toEqual(['Spring'])
    expect(groups('A|B, C')).toEqual(['A|B, C'])
  })

  it.each(['de', 'en', 'es', 'fr', 'hu', 'ja', 'nl', 'pt', 'pt-BR', 'sv'])(
    'a row of invitation can have the language %s',
    (language) => {
      expect(matched(invitation, { ...ada, language })).toMatchObject({ language, errors: [] })
    },
  )

  it('a cell with more than 1,000 characters is an error', () => {
    expect(faults(invitation, { ...ada, firstName: 'x'.repeat(1_001), groups: 'y'.repeat(1_001) })).toEqual([
      ['column firstName', 'too-long'],
      ['column groups', 'too-long'],
    ])
  })
})

describe('the import’s company for rows that name none', () => {
  it('the import’s company is used for an empty cell and for a missing column', () => {
    expect(matched(invitation, { ...ada, company: ' ' }, 'Red Hill')).toMatchObject({ company: 'Red Hill', errors: [] })
    const { company: _, ...rest } = ada
    expect(matched(invitation, rest, 'Red Hill')).toMatchObject({ company: 'Red Hill', errors: [] })
  })

  it('the import’s company never replaces the text of a cell', () => {
    expect(matched(invitation, { ...ada, company: 'Nobody ' }, 'Red Hill').company).toBe('Nobody ')
  })

  it('a row without a company is valid until the check finds whether its user is new', () => {
    expect(faults(invitation, { ...ada, company: '' })).toEqual([])
    expect(faults(none, { ...ada, company: '' })).toEqual([])
  })

  it('a row with a course title or a cohort needs a company', () => {
    expect(faults(none, { ...ada, company: '', 'title 1': 'Safety' })).toEqual([['column company', 'missing-value']])
    expect(faults(none, { email: ada.email, cohort: 'Spring' })).toEqual([[null, 'missing-value']])
    expect(faults(none, { email: ada.email, cohort: 'Spring' }, 'Red Hill')).toEqual([])
  })
})

describe('FORMATS: custom fields of a row', () => {
  it('custom fields are read by their type, and an empty cell has no value', () => {
    const row = matched(none, { ...ada, 'custom.startDate': ' 2026-03-05 ', 'custom.shift': 'evening' })
    expect(row).toMatchObject({ custom: { startDate: '2026-03-05', shift: 'Evening' }, errors: [] })
    expect(matched(none, { ...ada, 'custom.startDate': '' })).toMatchObject({ custom: {}, errors: [] })
  })

  it('the error of an invalid custom field has the column, the value and what was expected', () => {
    expect(matched(none, { ...ada, 'custom.startDate': '5 March' }).errors).toEqual([
      {
        column: 'column custom.startDate',
        code: 'invalid-date',
        message: 'Expected a date such as 2026-03-05.',
        value: '5 March',
      },
    ])
  })
})

describe('enabled, where columns are matched', () => {
  it.each([
    ['1', true],
    ['Ja', true],
    ['nein', false],
    ['', null],
  ])('enabled %j is read as %s in a file whose columns are matched', (enabled, read) => {
    expect(matched(none, { ...ada, enabled })).toMatchObject({ enabled: read, errors: [] })
  })

  it('enabled is invalid when its text means neither yes nor no', () => {
    expect(faults(none, { ...ada, enabled: 'perhaps' })).toEqual([['column enabled', 'invalid-enabled']])
  })
})
