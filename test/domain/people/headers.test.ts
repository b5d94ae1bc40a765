import { describe, expect, it } from 'vitest'
import { reasonHeader } from '../../../domain/imports/repair.ts'
import { checkHeaders, columnLetters } from '../../../domain/people/headers.ts'
import { onboarding, team } from '../../../domain/people/templates/index.ts'

const required = ['enabled', 'name', 'email', 'companyName', 'languageCode']
const errorsOf = (headers: string[]) => {
  const checked = checkHeaders(onboarding, headers)
  return checked.ok ? [] : checked.errors
}

describe('FORMATS: headers of onboarding', () => {
  it('the headers of onboarding are accepted in any order', () => {
    expect(errorsOf(required)).toEqual([])
    expect(errorsOf([...required].reverse())).toEqual([])
  })

  it('a file of onboarding can have any number of module columns', () => {
    const modules = Array.from({ length: 120 }, (_, i) => `module requested ${i + 1}`)
    const checked = checkHeaders(onboarding, [...required, ...modules])
    expect(checked.ok && checked.columns.titles.length).toBe(120)
  })

  it.each(['companyname', 'CompanyName', 'company_name', 'company name'])(
    'a header of onboarding must match exactly, so %s is rejected',
    (found) => {
      const headers = required.map((header) => (header === 'companyName' ? found : header))
      expect(errorsOf(headers)).toEqual([{ found, expected: 'companyName', column: 'D', reason: 'spelling' }])
    },
  )

  it('the error for a misspelt module column names the correct header', () => {
    expect(errorsOf([...required, 'Module Requested 2'])).toEqual([
      { found: 'Module Requested 2', expected: 'module requested 2', column: 'F', reason: 'spelling' },
    ])
    expect(errorsOf([...required, 'module requested'])).toEqual([
      { found: 'module requested', expected: 'module requested 1', column: 'F', reason: 'spelling' },
    ])
  })

  it('a rejection reports every missing, unknown and duplicate header at once', () => {
    expect(errorsOf(['enabled', 'name', 'name', 'shoe size', 'companyName', 'languageCode'])).toEqual([
      { found: 'name', expected: 'name', column: 'C', reason: 'duplicate' },
      { found: 'shoe size', expected: null, column: 'D', reason: 'unknown' },
      { found: null, expected: 'email', column: null, reason: 'missing' },
    ])
  })

  it.each(['__proto__', 'constructor', 'toString', ''])(
    'HAZARD 21: the header %j is an unknown header like any other',
    (found) => {
      expect(errorsOf([...required, found])).toEqual([{ found, expected: null, column: 'F', reason: 'unknown' }])
    },
  )

  it('an error names a column by its letters in a spreadsheet', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
  })
})

describe('FORMATS: headers of team', () => {
  const own = ['First name', 'Last name', 'Email', 'Description']
  const errorsIn = (headers: string[]) => {
    const checked = checkHeaders(team, headers)
    return checked.ok ? [] : checked.errors
  }

  it('the headers of team are accepted in the template’s order', () => {
    const checked = checkHeaders(team, own)
    expect(checked.ok && Object.fromEntries(checked.columns.fields)).toEqual({
      firstName: 0,
      lastName: 1,
      email: 2,
      description: 3,
    })
  })

  it('team headers in another order are rejected, and each error names the header that belongs there', () => {
    expect(errorsIn(['Last name', 'First name', 'Email', 'Description'])).toEqual([
      { found: 'Last name', expected: 'First name', column: 'A', reason: 'position' },
      { found: 'First name', expected: 'Last name', column: 'B', reason: 'position' },
    ])
  })

  it.each(own)('a file of team must have the header %s', (header) => {
    expect(errorsIn(own.filter((one) => one !== header))).toEqual([
      { found: null, expected: header, column: null, reason: 'missing' },
    ])
  })

  it('team headers must match in case and spelling, and other headers are rejected', () => {
    expect(errorsIn(['First Name', 'Last name', 'e-mail', 'Description', 'Company'])).toEqual([
      { found: 'First Name', expected: 'First name', column: 'A', reason: 'spelling' },
      { found: 'e-mail', expected: 'Email', column: 'C', reason: 'spelling' },
      { found: 'Company', expected: null, column: 'E', reason: 'unknown' },
    ])
  })

  it('the headers of team keep their order after the reason column of an errors file', () => {
    const reason = reasonHeader('0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e')
    expect(errorsIn([reason, ...own])).toEqual([])
    expect(errorsIn([reason, 'Last name', 'First name', 'Email', 'Description'])[0]).toMatchObject({ column: 'B' })
  })
})
