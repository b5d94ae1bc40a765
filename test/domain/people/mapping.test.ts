import { describe, expect, it } from 'vitest'
import { reasonHeader } from '../../../domain/imports/repair.ts'
import type { CustomField } from '../../../domain/people/fields.ts'
import { findColumns } from '../../../domain/people/find-columns.ts'
import { checkMapping, mappingByHeaders } from '../../../domain/people/mapping.ts'
import { invitation, none, onboarding } from '../../../domain/people/templates/index.ts'

const shoeSize: CustomField = { key: 'shoeSize', label: 'Shoe size', type: 'number', choices: [] }
const headers = ['Vorname', 'Nachname', 'Mail', 'Firma', 'Gruppen', 'Kurs', 'Zweiter Kurs', 'Schuhgröße']
const required = { firstName: 'Vorname', lastName: 'Nachname', email: 'Mail', company: 'Firma' }

const check = (mapping: Record<string, string>, found = headers, template = invitation, hasCompany = false) =>
  checkMapping(template, found, mapping, [shoeSize], hasCompany)
const errorsOf = (mapping: Record<string, string>, found = headers) =>
  check(mapping, found).errors.map(({ field, header, reason }) => [field, header, reason])

describe('FORMATS: invitation, columns are matched by the person', () => {
  it('each to a field of the platform', () => {
    const { ok, columns } = check({ ...required, groups: 'Gruppen' })
    expect(ok).toBe(true)
    expect(Object.fromEntries(columns.fields)).toEqual({ firstName: 0, lastName: 1, email: 2, company: 3, groups: 4 })
    expect(columns).toMatchObject({ titles: [], custom: [], strict: false })
  })

  it('to a custom field', () => {
    const { columns } = check({ ...required, 'custom.shoeSize': 'Schuhgröße' })
    expect(columns.custom).toEqual([{ index: 7, field: shoeSize }])
  })

  it('or to none, which is not imported', () => {
    expect(check(required).columns.fields.size).toBe(4)
  })

  it('to course titles, in the order of their numbers and not of the columns', () => {
    const { columns } = check({ ...required, 'title 10': 'Kurs', 'title 2': 'Zweiter Kurs' })
    expect(columns.titles).toEqual([6, 5])
  })
})

describe('a mapping is refused', () => {
  it.each(['shoe', 'title', 'title 0', 'custom.', 'custom.hatSize', 'First name', 'constructor', '__proto__', ''])(
    'for a field that there is not: %j',
    (field) => {
      const mapping = JSON.parse(`{${JSON.stringify(field)}: "Kurs"}`)
      expect(errorsOf({ ...required }).length).toBe(0)
      expect(check(mapping).errors).toContainEqual({ field, header: 'Kurs', reason: 'unknown-field' })
    },
  )

  it.each(['vorname', 'Vorname ', 'toString', ''])('for a header that the file does not have: %j', (header) => {
    expect(errorsOf({ ...required, firstName: header })).toEqual([['firstName', header, 'unknown-header']])
  })

  it('for a header that stands in the file twice', () => {
    expect(errorsOf(required, [...headers, 'Mail'])).toEqual([['email', 'Mail', 'header-stands-twice']])
  })

  it('for a header that is given to two fields; the first has it', () => {
    expect(errorsOf({ ...required, region: 'Kurs', label: 'Kurs' })).toEqual([['label', 'Kurs', 'header-used-twice']])
    expect(errorsOf({ ...required, shoe: 'Kurs', label: 'Kurs' })).toEqual([['shoe', 'Kurs', 'unknown-field']])
  })

  it('for every required field that nobody named', () => {
    expect(errorsOf({ email: 'Mail' })).toEqual([
      ['firstName', null, 'missing-field'],
      ['lastName', null, 'missing-field'],
      ['company', null, 'missing-field'],
    ])
  })

  it('for all of that at once, and what could be matched is told all the same', () => {
    const { ok, columns, errors } = check({ email: 'Mail', firstName: 'x', y: 'Kurs' })
    expect(ok).toBe(false)
    expect(errors.map(({ reason }) => reason)).toEqual([
      'unknown-header',
      'unknown-field',
      'missing-field',
      'missing-field',
    ])
    expect([...columns.fields]).toEqual([['email', 2]])
  })

  it('not for a company that no column names, when everybody without one has the company of the import', () => {
    const { company: _, ...rest } = required
    expect(check(rest, headers, invitation, true).errors).toEqual([])
  })
})

describe('FORMATS: an errors file comes back', () => {
  const reason = reasonHeader('0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e')

  it('its reason column is no column that could be imported', () => {
    const mapping = { ...required, description: reason }
    expect(errorsOf(mapping, [reason, ...headers])).toEqual([['description', reason, 'unknown-header']])
  })

  it('the other columns are found where they stand now', () => {
    expect(check(required, [reason, ...headers]).columns.fields.get('firstName')).toBe(1)
  })
})

describe('a file that nobody has matched', () => {
  it('FORMATS: invitation takes the headers of its example file, other columns are not imported', () => {
    const found = ['groups', 'shoe size', 'company', 'e-mail', 'last_name', 'first_name']
    expect(mappingByHeaders(invitation, found)).toEqual({
      firstName: 'first_name',
      lastName: 'last_name',
      email: 'e-mail',
      company: 'company',
      groups: 'groups',
    })
    const result = findColumns(invitation, found, null, [], false)
    expect('columns' in result && [...result.columns.fields.keys()].sort()).toEqual(
      ['company', 'email', 'firstName', 'groups', 'lastName'].sort(),
    )
  })

  it('FORMATS: no template takes the plain names of fields and any number of courses', () => {
    expect(mappingByHeaders(none, ['email', 'first name', 'course 2', 'course 11', 'course 01', 'course'])).toEqual({
      email: 'email',
      firstName: 'first name',
      'title 2': 'course 2',
      'title 11': 'course 11',
    })
  })

  it('is refused with the fields that are missing when its headers are others', () => {
    const result = findColumns(invitation, ['first_name', 'E-Mail'], null, [], false)
    expect('problem' in result && result.problem).toMatchObject({
      code: 'invalid-mapping',
      status: 422,
      mapping: [
        { field: 'lastName', header: null, reason: 'missing-field' },
        { field: 'email', header: null, reason: 'missing-field' },
        { field: 'company', header: null, reason: 'missing-field' },
      ],
    })
  })

  it('is refused when one of the headers stands twice', () => {
    const found = ['first_name', 'last_name', 'e-mail', 'e-mail', 'company']
    const result = findColumns(invitation, found, null, [], false)
    expect('problem' in result && result.problem.mapping).toEqual([
      { field: 'email', header: 'e-mail', reason: 'header-stands-twice' },
    ])
  })

  it('finds its columns by its own headers when they are exact, whatever mapping there is', () => {
    const found = ['enabled', 'name', 'email', 'companyName', 'languageCode']
    const result = findColumns(onboarding, found, { email: 'name' }, [], false)
    expect('columns' in result && result.columns.fields.get('email')).toBe(2)
  })
})
