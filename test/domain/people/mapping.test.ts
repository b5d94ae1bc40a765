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

describe('FORMATS: an administrator matches the columns of invitation', () => {
  it('a mapping matches columns to fields of the platform', () => {
    const { ok, columns } = check({ ...required, groups: 'Gruppen' })
    expect(ok).toBe(true)
    expect(Object.fromEntries(columns.fields)).toEqual({ firstName: 0, lastName: 1, email: 2, company: 3, groups: 4 })
    expect(columns).toMatchObject({ titles: [], custom: [], strict: false })
  })

  it('a mapping matches a column to a custom field', () => {
    const { columns } = check({ ...required, 'custom.shoeSize': 'Schuhgröße' })
    expect(columns.custom).toEqual([{ index: 7, field: shoeSize }])
  })

  it('a column that the mapping does not name is not imported', () => {
    expect(check(required).columns.fields.size).toBe(4)
  })

  it('course titles are in the order of their numbers, not of their columns', () => {
    const { columns } = check({ ...required, 'title 10': 'Kurs', 'title 2': 'Zweiter Kurs' })
    expect(columns.titles).toEqual([6, 5])
  })
})

describe('a mapping with errors', () => {
  it.each(['shoe', 'title', 'title 0', 'custom.', 'custom.hatSize', 'First name', 'constructor', '__proto__', ''])(
    'a mapping with the unknown field %j is rejected',
    (field) => {
      const mapping = JSON.parse(`{${JSON.stringify(field)}: "Kurs"}`)
      expect(errorsOf({ ...required }).length).toBe(0)
      expect(check(mapping).errors).toContainEqual({ field, header: 'Kurs', reason: 'unknown-field' })
    },
  )

  it.each(['vorname', 'Vorname ', 'toString', ''])('a mapping is rejected when the file has no header %j', (header) => {
    expect(errorsOf({ ...required, firstName: header })).toEqual([['firstName', header, 'unknown-header']])
  })

  it('a mapping is rejected when it names a header that the file has twice', () => {
    expect(errorsOf(required, [...headers, 'Mail'])).toEqual([['email', 'Mail', 'header-stands-twice']])
  })

  it('a mapping of one header to two fields is rejected, and the second field has the error', () => {
    expect(errorsOf({ ...required, region: 'Kurs', label: 'Kurs' })).toEqual([['label', 'Kurs', 'header-used-twice']])
    expect(errorsOf({ ...required, shoe: 'Kurs', label: 'Kurs' })).toEqual([['shoe', 'Kurs', 'unknown-field']])
  })

  it('a mapping is rejected with every required field that it does not name', () => {
    expect(errorsOf({ email: 'Mail' })).toEqual([
      ['firstName', null, 'missing-field'],
      ['lastName', null, 'missing-field'],
      ['company', null, 'missing-field'],
    ])
  })

  it('a rejected mapping reports every error and the columns that could be matched', () => {
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

  it('a mapping needs no company column when the import has a company', () => {
    const { company: _, ...rest } = required
    expect(check(rest, headers, invitation, true).errors).toEqual([])
  })
})

describe('FORMATS: an errors file is uploaded again', () => {
  const reason = reasonHeader('0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e')

  it('the reason column of an errors file cannot be imported', () => {
    const mapping = { ...required, description: reason }
    expect(errorsOf(mapping, [reason, ...headers])).toEqual([['description', reason, 'unknown-header']])
  })

  it('the other columns of an errors file are found at their new positions', () => {
    expect(check(required, [reason, ...headers]).columns.fields.get('firstName')).toBe(1)
  })
})

describe('a file without a mapping', () => {
  it('FORMATS: invitation imports the columns of its example file, and no others', () => {
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

  it('FORMATS: a file without a template can have the plain names of fields and any number of courses', () => {
    expect(mappingByHeaders(none, ['email', 'first name', 'course 2', 'course 11', 'course 01', 'course'])).toEqual({
      email: 'email',
      firstName: 'first name',
      'title 2': 'course 2',
      'title 11': 'course 11',
    })
  })

  it('a file without a mapping is rejected with its missing fields when it has other headers', () => {
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

  it('a file without a mapping is rejected when one of its headers is a duplicate', () => {
    const found = ['first_name', 'last_name', 'e-mail', 'e-mail', 'company']
    const result = findColumns(invitation, found, null, [], false)
    expect('problem' in result && result.problem.mapping).toEqual([
      { field: 'email', header: 'e-mail', reason: 'header-stands-twice' },
    ])
  })

  it('a template with exact headers ignores a mapping', () => {
    const found = ['enabled', 'name', 'email', 'companyName', 'languageCode']
    const result = findColumns(onboarding, found, { email: 'name' }, [], false)
    expect('columns' in result && result.columns.fields.get('email')).toBe(2)
  })
})
