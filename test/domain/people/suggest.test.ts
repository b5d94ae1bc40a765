import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reasonHeader } from '../../../domain/imports/repair.ts'
import type { CustomField } from '../../../domain/people/fields.ts'
import { checkMapping } from '../../../domain/people/mapping.ts'
import { mappingOf, suggestColumns } from '../../../domain/people/suggest/index.ts'
import { normalForm } from '../../../domain/people/suggest/normal-form.ts'
import { headerWords } from '../../../domain/people/suggest/words/index.ts'
import { invitation, none, templates } from '../../../domain/people/templates/index.ts'

const custom = (key: string, label: string, type: CustomField['type'] = 'text'): CustomField => ({
  key,
  label,
  type,
  choices: [],
})
const suggest = (headers: string[], records: string[][] = [], fields: CustomField[] = [], template = none) =>
  suggestColumns(template, headers, records, fields)
const fieldsOf = (...args: Parameters<typeof suggest>) => suggest(...args).map(({ field }) => field)

/** The headers of one list in eight languages. */
const lists: Record<string, string[]> = {
  en: ['First name', 'Last name', 'E-mail address', 'Company', 'Language', 'Student groups', 'Course 1', 'Course 2'],
  de: ['Vorname', 'Nachname', 'E-Mail-Adresse', 'Firma', 'Sprache', 'Gruppen', 'Kurs 1', 'Kurs 2'],
  es: ['Nombre', 'Apellidos', 'Correo electrónico', 'Empresa', 'Idioma', 'Grupos', 'Curso 1', 'Curso 2'],
  fr: ['Prénom', 'Nom', 'Adresse e-mail', 'Entreprise', 'Langue', 'Groupes', 'Cours 1', 'Cours 2'],
  hu: ['Keresztnév', 'Családnév', 'E-mail cím', 'Cég', 'Nyelv', 'Csoportok', 'Tanfolyam 1', 'Tanfolyam 2'],
  ja: ['名', '姓', 'メールアドレス', '会社名', '言語', 'グループ', 'コース1', 'コース２'],
  nl: ['Voornaam', 'Achternaam', 'E-mailadres', 'Bedrijf', 'Taal', 'Groepen', 'Cursus 1', 'Cursus 2'],
  pt: ['Nome', 'Apelido', 'Correio eletrónico', 'Empresa', 'Idioma', 'Grupos', 'Curso 1', 'Curso 2'],
}
const expected = ['firstName', 'lastName', 'email', 'company', 'language', 'groups', 'title 1', 'title 2']
const withoutAccents = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')

describe('FORMATS: matching is suggested from the header, in the eight languages', () => {
  it.each(Object.entries(lists))('the headers of a list in the language %s are matched as written', (_, headers) =>
    expect(fieldsOf(headers)).toEqual(expected),
  )

  it.each(Object.entries(lists))('the headers of a list in the language %s are matched without accents', (_, headers) =>
    expect(fieldsOf(headers.map(withoutAccents))).toEqual(expected),
  )

  it.each(Object.entries(lists))('the headers of a list in the language %s are matched in capitals', (_, headers) =>
    expect(fieldsOf(headers.map((header) => header.toUpperCase()))).toEqual(expected),
  )

  it.each(Object.entries(lists))(
    'the headers of a list in the language %s are matched with other separators',
    (_, headers) => {
      for (const separator of ['_', '-', '.', ' / ', '  ']) {
        expect(fieldsOf(headers.map((header) => `${header.replace(/[ -]/g, separator)} *`))).toEqual(expected)
      }
    },
  )

  it('every header of every template is matched', () => {
    for (const template of templates.values()) {
      const headers = template.columns.map(({ header, numbered }) => (numbered ? `${header} 1` : header))
      const fields = template.columns.map(({ field }) => (field === 'title' ? 'title 1' : field))
      expect(fieldsOf(headers), template.id).toEqual(fields)
    }
  })

  it('every field has a header in every language, and no header means two fields', () => {
    const seen = new Map<string, string>()
    for (const [language, { meanings }] of Object.entries(headerWords)) {
      for (const [meaning, words] of Object.entries(meanings)) {
        expect(words.length, `${language} ${meaning}`).toBeGreaterThan(0)
        for (const word of words) {
          const { compact } = normalForm(word)
          expect(seen.get(compact) ?? meaning, `${language}: ${word}`).toBe(meaning)
          seen.set(compact, meaning)
        }
      }
    }
  })
})

describe('the meaning of a header', () => {
  it.each([
    ['company email', 'email'],
    ['会社メールアドレス', 'email'],
    ['Correo electrónico del alumno', 'email'],
    ['Employee first name', 'firstName'],
    ['Sprache (bevorzugt)', 'language'],
    ['companyName', 'company'],
    ['jobRole', 'jobRole'],
    ['Taetigkeit', 'jobRole'],
    ['1. Kurs', 'title 1'],
    ['module requested 12', 'title 12'],
    ['title 3', 'title 3'],
    ['Work E-mail Address', 'email'],
    ['Business Title', 'jobRole'],
    ['Apellido y nombre', 'firstName'],
    ['Private E-Mail', 'email'],
  ])('the header %s is matched to the field %s', (header, field) => expect(fieldsOf([header])).toEqual([field]))

  it.each([
    ...[
      'manager email',
      'E-Mail des Vorgesetzten',
      '上司のメールアドレス',
      'company phone',
      'Firmenadresse',
      'Kurs Datum',
    ],
    ...['course language', 'Title', 'Name of the company you worked for before you came to us', 'Shoe size', '住所'],
    ...['__proto__', 'constructor', '', ' ', '42', '?', 'x'.repeat(5_000)],
  ])('the header %j is unknown, so its column is not imported', (header) => expect(fieldsOf([header])).toEqual([null]))

  it('no header is suggested for two fields, and no field for two headers', () => {
    expect(fieldsOf(['E-Mail 2', 'E-Mail', 'Email'])).toEqual([null, 'email', null])
    expect(fieldsOf(['Work email', 'email'])).toEqual([null, 'email'])
  })

  it.each([
    ['Private E-Mail', 'Geschäftliche E-Mail'],
    ['Email - Primary Home', 'Email - Primary Work'],
    ['Correo personal', 'Correo de la empresa'],
    ['Adresse mail perso', 'Adresse mail pro'],
    ['Magán e-mail', 'Munkahelyi e-mail'],
    ['個人メールアドレス', '社用メールアドレス'],
    ['E-mail privé', 'E-mail werk'],
    ['E-mail pessoal', 'E-mail profissional'],
  ])('the private address %s is not imported in a file with %s', (own, work) => {
    expect(fieldsOf([own, work])).toEqual([null, 'email'])
    expect(fieldsOf([work, own])).toEqual(['email', null])
  })

  it('a duplicate header and a reason column get no suggestion', () => {
    expect(fieldsOf(['Mail', 'Vorname', 'Mail'])).toEqual([null, 'firstName', null])
    expect(fieldsOf([reasonHeader('0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e'), 'Mail'])).toEqual([null, 'email'])
  })

  it('Name is the full name when it is alone, and otherwise the missing half of the name', () => {
    expect(fieldsOf(['Name', 'Mail'])).toEqual(['firstName', 'email'])
    expect(fieldsOf(['Name', 'Vorname'])).toEqual(['lastName', 'firstName'])
    expect(fieldsOf(['Name', 'Surname'])).toEqual(['firstName', 'lastName'])
    expect(fieldsOf(['Name', 'First name', 'Last name'])).toEqual([null, 'firstName', 'lastName'])
    expect(fieldsOf(['Full name', 'First name'])).toEqual([null, 'firstName'])
    expect(fieldsOf(['氏名', 'メール'])).toEqual(['firstName', 'email'])
  })

  it('courses keep their numbers, and those without a number get the next free one', () => {
    expect(fieldsOf(['Kurs 3', 'Kurs', 'Course', 'course 0'])).toEqual(['title 3', 'title 1', 'title 2', 'title 4'])
  })
})

describe('FORMATS: custom fields are suggested', () => {
  const fields = [custom('shoeSize', 'Schuhgröße', 'number'), custom('position', 'Position')]

  it.each(['shoe_size', 'Shoe size', 'SCHUHGROSSE', 'Schuhgröße', 'custom.shoeSize'])(
    'a custom field is suggested by its key or label: %s',
    (header) => {
      expect(suggest([header], [], fields)).toEqual([{ header, field: 'custom.shoeSize', source: 'header' }])
    },
  )

  it('a custom field takes precedence over a field of the platform with the same name', () => {
    expect(fieldsOf(['Position', 'Job role'], [], fields)).toEqual(['custom.position', 'jobRole'])
  })
})

describe('FORMATS: matching is suggested from the cells', () => {
  const column = (cells: string[], header = 'Spalte', fields: CustomField[] = []) =>
    suggest(
      [header],
      cells.map((cell) => [cell]),
      fields,
    )[0]

  it.each([
    [['ada@example.com', '', 'zoe@example.com'], 'email'],
    [['de', 'en-GB', 'pt-BR'], 'language'],
    [['yes', 'no', 'Ja'], 'enabled'],
    [['0', '1'], 'enabled'],
  ])('a column with the cells %j is suggested as %s', (cells, field) =>
    expect(column(cells)).toEqual({ header: 'Spalte', field, source: 'cells' }),
  )

  it.each([
    ...[['Ada', 'Max', 'Li'], ['DE', 'FR'], ['2026-03-05'], ['', ' '], [], ['ja'], ['12', '0']],
    ...[
      ['ada@example.com', 'nobody', 'nothing'],
      ['yes', 'perhaps'],
    ],
  ])('a column that begins with the cell %j gets no suggestion', (...cells) =>
    expect(column(cells.flat())).toMatchObject({ field: null, source: null }),
  )

  it('the cells are considered only when the header is unknown', () => {
    expect(column(['ada@example.com'], 'Manager e-mail')?.field).toBeNull()
    expect(column(['yes', 'no'], 'Newsletter')?.field).toBeNull()
    expect(suggest(['E-mail language', 'Contact'], [['de', 'ada@example.com']]).map(({ field }) => field)).toEqual([
      null,
      'email',
    ])
  })

  it('a column with a few invalid addresses is suggested as the e-mail column', () => {
    const cells = [...Array.from({ length: 9 }, (_, i) => `p${i}@example.com`), 'ada at example']
    expect(column(cells)?.field).toBe('email')
  })

  it('two columns with addresses get no suggestion, because an administrator must choose', () => {
    expect(fieldsOf(['x', 'y'], [['ada@example.com', 'boss@example.com']])).toEqual([null, null])
  })

  it('a column of dates is suggested for the only custom field of type date', () => {
    const start = custom('startDate', 'Start', 'date')
    expect(column(['2026-03-05', ''], 'Eintritt', [start])).toMatchObject({
      field: 'custom.startDate',
      source: 'cells',
    })
    expect(column(['2026-03-05'], 'Eintritt', [start, custom('endDate', 'End', 'date')])?.field).toBeNull()
    expect(fieldsOf(['a', 'b'], [['2026-03-05', '2026-03-06']], [start])).toEqual([null, null])
  })
})

describe('suggestions', () => {
  it('a suggestion states its source', () => {
    const headers = ['first_name', 'Nachname', 'wer', 'Schuhe']
    expect(suggest(headers, [['Ada', 'Byron', 'ada@example.com', '38']], [], invitation)).toEqual([
      { header: 'first_name', field: 'firstName', source: 'template' },
      { header: 'Nachname', field: 'lastName', source: 'header' },
      { header: 'wer', field: 'email', source: 'cells' },
      { header: 'Schuhe', field: null, source: null },
    ])
  })

  it('the suggestions form a mapping that is accepted', () => {
    const headers = lists.de ?? []
    const mapping = mappingOf(suggest(headers))
    expect(mapping).toMatchObject({ email: 'E-Mail-Adresse', 'title 2': 'Kurs 2' })
    expect(checkMapping(invitation, headers, mapping, []).errors).toEqual([])
  })

  it('suggestions for any headers name no field or header twice, and only fields that a mapping can name', () => {
    const words = Object.values(lists).flat()
    const header = fc.oneof(fc.constantFrom(...words, '__proto__', 'Name', 'x'), fc.string({ unit: 'binary' }))
    const cell = fc.constantFrom('', 'ada@example.com', 'de', 'yes', '2026-03-05', 'x')
    const start = custom('startDate', 'Start', 'date')
    const file = fc.array(fc.record({ header, cells: fc.array(cell, { minLength: 3, maxLength: 3 }) }), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(file, (columns) => {
        const headers = columns.map((column) => column.header)
        const records = [0, 1, 2].map((row) => columns.map(({ cells }) => cells[row] ?? ''))
        const suggestions = suggest(headers, records, [start])
        expect(suggestions.map((one) => one.header)).toEqual(headers)
        const given = suggestions.flatMap(({ field }) => (field === null ? [] : [field]))
        expect(new Set(given).size).toBe(given.length)
        const { errors } = checkMapping(none, headers, mappingOf(suggestions), [start])
        expect(errors.filter(({ reason }) => reason !== 'missing-field')).toEqual([])
      }),
    )
  })

  it('the widest file gets suggestions', () => {
    const headers = Array.from({ length: 500 }, (_, i) => `${'company email course '.repeat(10)} ${i}`)
    const records = Array.from({ length: 100 }, () => headers.map(() => 'ada@example.com'))
    expect(suggest(headers, records)).toHaveLength(500)
  })
})
