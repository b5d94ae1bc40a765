import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeText } from '../../../../reading/index.ts'
import { textRow, workbook } from '../../../reading/workbook/workbook-writer.ts'
import { apiWorld, type World } from '../../../support/api-world.ts'
import { twoCompanies } from '../../../support/catalogue.ts'

let world: World
let all: Awaited<ReturnType<typeof twoCompanies>>

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
})
afterAll(() => world.close())

const header = 'enabled;name;email;companyName;languageCode;module requested 1'
const person = (n: number, name = 'Zoë') => `1;${name};p${n}@example.com;Blue Harbour;hu;Safety`

async function preview(bytes: Uint8Array, fields: Record<string, string> = {}, client = all.platform) {
  const form = new FormData()
  form.append('file', new File([new Uint8Array(bytes)], 'people.csv'))
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return client.send('POST', '/v1/imports/preview', { body: form })
}

const text = (lines: string[]) => Buffer.from(lines.join('\r\n'))

describe('a preview', () => {
  test('a preview shows the format and the evidence for it, the first ten users and the number of records', async () => {
    const people = Array.from({ length: 25 }, (_, i) => person(i))
    const { status, body } = await preview(text([header, ...people]))
    expect(status).toBe(200)
    expect(body).toMatchObject({
      file: { name: 'people.csv', format: 'csv', encoding: 'utf-8', delimiter: ';', sheet: null },
      headers: header.split(';'),
      mapping: { firstName: 'name', email: 'email', company: 'companyName', 'title 1': 'module requested 1' },
      records: 25,
      problems: [],
      seenBefore: [],
    })
    expect(body.file.evidence.length).toBeGreaterThan(0)
    expect(body.cells).toHaveLength(10)
    expect(body.cells[0]).toEqual(person(0).split(';'))
    expect(body.people[9]).toMatchObject({ row: 11, email: 'p9@example.com', enabled: true, titles: ['Safety'] })
  })

  test('a preview reads a file of many megabytes to its end', async () => {
    const people = Array.from({ length: 60_000 }, (_, i) => person(i))
    const { body } = await preview(text([header, ...people]))
    expect(body.file.size).toBeGreaterThan(2 * 1024 * 1024)
    expect(body).toMatchObject({ records: 60_000, problems: [] })
  })

  test('a preview reads the requested sheet, whatever its name', async () => {
    const name = 'Mitarbeiterinnen und Mitarbeiter der Region Nord'
    const file = workbook({
      sheets: [
        { name: 'Legend', rows: textRow(1, ['colour']) },
        { name, rows: textRow(1, ['email', 'name']) + textRow(2, ['ann@example.com', 'Ann']) },
      ],
    })
    const { body } = await preview(file, { sheet: name })
    expect(body).toMatchObject({ file: { format: 'xlsx', sheet: name }, headers: ['email', 'name'], records: 1 })
  })

  test('a preview stores nothing', async () => {
    await preview(text([header, person(1)]))
    for (const table of ['imports', 'files', 'file_chunks'] as const) {
      const { count } = await world.db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      expect(count, table).toBe(0)
    }
  })

  test('a preview uses the given encoding and delimiter and reports them', async () => {
    const bytes = encodeText(
      [header.replaceAll(';', '|'), person(1, 'José').replaceAll(';', '|')].join('\n'),
      'windows-1252',
    )
    const { body } = await preview(bytes, { encoding: 'windows-1252', delimiter: 'pipe' })
    expect(body).toMatchObject({ file: { encoding: 'windows-1252', delimiter: '|' }, people: [{ firstName: 'José' }] })
  })

  test.each([
    [{ encoding: 'ebcdic' }, 'invalid-options'],
    [{ delimiter: 'x' }, 'invalid-options'],
    [{ template: 'none-such' }, 'unknown-template'],
  ])('a preview rejects %j', async (fields, code) => {
    const { status, body } = await preview(text([header, person(1)]), fields)
    expect([status, body.code]).toEqual([422, code])
  })

  test('a preview shows the problems that would reject the file, and its headers', async () => {
    const { body } = await preview(text([header.replace('email', 'E-Mail'), person(1)]), { template: 'onboarding' })
    expect(body.missing).toEqual(['email'])
    expect(body.problems).toMatchObject([
      { code: 'invalid-headers', headers: [{ found: 'E-Mail', expected: 'email', column: 'C', reason: 'spelling' }] },
    ])
    expect(body).toMatchObject({ records: 1, people: [], cells: [person(1).split(';')] })
    const pdf = await preview(Buffer.from('%PDF-1.7 ...'))
    expect(pdf.body).toMatchObject({ records: 0, problems: [{ code: 'file-is-pdf' }] })
  })

  test('a preview lists earlier imports of the same file that the caller may see', async () => {
    const lines = [header, person(99)]
    const { body } = await all.blue.client.upload(lines.join('\r\n'))
    const again = text(lines)
    const seen = (await preview(again, {}, all.blue.client)).body
    expect(seen.seenBefore).toEqual([body.id])
    expect(seen.earlier).toEqual([
      { id: body.id, status: body.status, startedBy: 'test', createdAt: expect.stringMatching(/^\d{4}-.*Z$/) },
    ])
    expect((await preview(again, {}, all.red.client)).body).toMatchObject({ seenBefore: [], earlier: [] })
  })
})

describe('FORMATS: a preview of a file with matched columns', () => {
  const german = [
    'Vorname;Nachname;E-Mail-Adresse;Firma;Gruppen;Schuhgröße',
    'Zoë;Kovács;zoe@example.com;Blue Harbour;A/B;38',
  ]

  test('a preview suggests a field for each column, shows sample cells, and reads the users accordingly', async () => {
    const { body } = await preview(text(german))
    expect(body).toMatchObject({
      template: 'none',
      mapping: {
        firstName: 'Vorname',
        lastName: 'Nachname',
        email: 'E-Mail-Adresse',
        company: 'Firma',
        groups: 'Gruppen',
      },
      mappingSource: 'suggested',
      savedMapping: null,
      missing: [],
      problems: [],
      people: [{ row: 2, firstName: 'Zoë', company: 'Blue Harbour', groups: ['A', 'B'], errors: [] }],
    })
    expect(body.columns).toHaveLength(6)
    expect(body.columns[2]).toEqual({
      header: 'E-Mail-Adresse',
      field: 'email',
      source: 'header',
      samples: ['zoe@example.com'],
    })
    expect(body.columns[5]).toEqual({ header: 'Schuhgröße', field: null, source: null, samples: ['38'] })
  })

  test('a preview uses a given mapping, which an import accepts, too', async () => {
    const mapping = { email: 'E-Mail-Adresse', firstName: 'Nachname', 'title 7': 'Vorname', company: 'Firma' }
    const fields = { template: 'invitation', mapping: JSON.stringify({ ...mapping, lastName: 'Schuhgröße' }) }
    const { body } = await preview(text(german), fields)
    expect(body).toMatchObject({ template: 'invitation', mappingSource: 'given', problems: [] })
    expect(body.people).toMatchObject([{ firstName: 'Kovács', lastName: '38', titles: ['Zoë'], groups: [] }])
    expect(body.columns.map(({ source }: { source: string }) => source)).toEqual([
      ...Array(4).fill('given'),
      null,
      'given',
    ])
    const shown = await preview(text(german), { template: 'invitation' })
    const taken = await all.platform.upload(german.join('\n'), {
      template: 'invitation',
      mapping: JSON.stringify(shown.body.mapping),
    })
    expect(taken.status).toBe(202)
  })

  test('a preview names the missing required fields and reads the matched ones', async () => {
    const { body } = await preview(text(['Vorname;Telefon', 'Zoë;1']), { template: 'invitation' })
    expect(body.missing).toEqual(['lastName', 'email', 'company'])
    expect(body.problems).toMatchObject([{ code: 'invalid-mapping', mapping: [{}, {}, {}] }])
    expect(body.people).toMatchObject([{ firstName: 'Zoë', errors: [{ code: 'missing-value' }] }])
  })

  test.each([
    ['not json', 'invalid-mapping'],
    ['[]', 'invalid-mapping'],
    ['{"email":1}', 'invalid-mapping'],
  ])('a preview rejects the mapping %s', async (mapping, code) => {
    const { status, body } = await preview(text(german), { mapping })
    expect([status, body.code]).toEqual([422, code])
  })

  test('a preview shows the problem of a mapping that does not match the file', async () => {
    const mapping = { email: 'Mail', shoe: 'Firma', firstName: 'Vorname', label: 'Vorname' }
    const { body } = await preview(text(german), { mapping: JSON.stringify(mapping) })
    const reasons = body.problems[0].mapping.map(({ reason }: { reason: string }) => reason)
    expect(reasons).toEqual(['unknown-header', 'unknown-field', 'header-used-twice'])
  })

  test.each(['onboarding', 'team'])(
    'a preview rejects a mapping for %s, which has its own headers',
    async (template) => {
      const { status, body } = await preview(text(german), { template, mapping: '{"email":"E-Mail-Adresse"}' })
      expect([status, body.code]).toEqual([422, 'mapping-not-supported'])
    },
  )

  test.each([
    ['enabled;name;email;companyName;languageCode', 'onboarding'],
    ['First name;Last name;Email;Description', 'team'],
    ['e-mail;first_name;last_name;company', 'invitation'],
    ['email;first name;course 2', 'none'],
    ['Last name;First name;Email;Description', 'none'],
    ['e-mail;first_name;last_name;company;shoe size', 'none'],
  ])('a preview recognises from the headers %s the template %s', async (headers, template) => {
    const { body } = await preview(text([headers, headers.replace(/[^;]+/g, 'x')]))
    expect(body.template).toBe(template)
  })

  test('a preview ignores a reason column and still recognises the template', async () => {
    const reason = 'errors of import 0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e'
    const { body } = await preview(text([`${reason};${header}`, `bad;${person(1)}`]))
    expect(body).toMatchObject({ template: 'onboarding', problems: [], people: [{ email: 'p1@example.com' }] })
    expect(body.columns[0]).toEqual({ header: reason, field: null, source: null, samples: ['bad'] })
  })
})

describe('a saved mapping', () => {
  const lines = ['Wer;Wo;Wie', 'zoe@example.com;Blue Harbour;Zoë']
  const mapping = { email: 'Wer', region: 'Wo', firstName: 'Wie' }
  let saved: string

  beforeAll(async () => {
    const kept = { company: all.blue.company, template: 'none', headers: ['Wie', 'Wer', 'Wo'], mapping }
    const answer = await all.blue.client.post('/v1/mappings', kept)
    expect(answer.status).toBe(201)
    saved = answer.body.id
  })

  test('a saved mapping is used for a file with the same headers in any order, and the preview names it', async () => {
    const { body } = await preview(text(lines), {}, all.blue.client)
    expect(body).toMatchObject({ template: 'none', mapping, mappingSource: 'saved', savedMapping: saved, problems: [] })
    expect(body.columns[1]).toMatchObject({ field: 'region', source: 'saved' })
    expect(body.people).toMatchObject([{ email: 'zoe@example.com', region: 'Blue Harbour', company: 'Blue Harbour' }])
  })

  test('a saved mapping is not used for another company, for other headers, or in place of a given mapping', async () => {
    expect((await preview(text(lines), {}, all.red.client)).body.savedMapping).toBeNull()
    expect((await preview(text([`${lines[0]};x`, `${lines[1]};x`]), {}, all.blue.client)).body.savedMapping).toBeNull()
    const given = { mapping: JSON.stringify({ ...mapping, label: 'Wo', region: undefined }) }
    expect((await preview(text(lines), given, all.blue.client)).body).toMatchObject({
      mappingSource: 'given',
      mapping: { label: 'Wo' },
    })
  })

  test('the saved mapping in a preview is that of the requested company', async () => {
    expect((await preview(text(lines), { company: all.red.company })).body.mappingSource).toBe('suggested')
    expect((await preview(text(lines), { company: all.blue.company })).body.savedMapping).toBe(saved)
  })
})

describe('the company for rows that name none', () => {
  const lines = ['email;first name;company', 'a@example.com;A;', 'b@example.com;B;Red Hill']
  const companies = (body: { people: { company: string | null }[] }) => body.people.map(({ company }) => company)

  test('the company for rows that name none is the only company of the key, or the given one', async () => {
    expect(companies((await preview(text(lines), {}, all.blue.client)).body)).toEqual(['Blue Harbour', 'Red Hill'])
    expect(companies((await preview(text(lines))).body)).toEqual([null, 'Red Hill'])
    const given = await preview(text(lines), { company: all.blue.company })
    expect(companies(given.body)).toEqual(['Blue Harbour', 'Red Hill'])
  })

  test('the company for rows that name none replaces the company column', async () => {
    const people = ['e-mail;first_name;last_name', 'a@example.com;A;B']
    expect((await preview(text(people), { template: 'invitation' })).body.missing).toEqual(['company'])
    const { body } = await preview(text(people), { template: 'invitation' }, all.blue.client)
    expect(body).toMatchObject({ missing: [], problems: [], people: [{ company: 'Blue Harbour' }] })
  })

  test('the company for rows that name none must be in the scope of the key', async () => {
    for (const company of [all.red.company, crypto.randomUUID(), 'x']) {
      const { status, body } = await preview(text(lines), { company }, all.blue.client)
      expect([status, body.code, body.errors?.[0]?.option]).toEqual([422, 'invalid-options', 'company'])
    }
  })
})

describe('a preview of a file that an import would reject', () => {
  test('a preview reports that the file has no records', async () => {
    const { body } = await preview(text([header]))
    expect(body).toMatchObject({ template: 'onboarding', records: 0, problems: [{ code: 'no-records' }] })
    expect(body.mapping.email).toBe('email')
  })

  test('a preview shows the columns even if the first record cannot be read', async () => {
    const { body } = await preview(text([header, `"${person(1)}`]))
    expect(body).toMatchObject({ template: 'onboarding', problems: [{ code: 'unclosed-quote', row: 2 }] })
  })

  test('a preview reports the same message as the import', async () => {
    const lines = ['First name;Email', 'Zoë;zoe@example.com'].join('\n')
    const shown = (await preview(Buffer.from(lines), { template: 'team' })).body.problems[0]
    expect(shown.detail).toBe(
      'The header row does not fit the template: Column “Last name” is missing. Column “Description” is missing.',
    )
  })

  test('a preview shows a ragged row with its error', async () => {
    const { body } = await preview(text([header, person(1), `${person(2)};surplus`]))
    expect(body.people[1]).toMatchObject({ row: 3, email: null, errors: [{ column: null, code: 'too-many-cells' }] })
  })
})

test('an import uses the given encoding and delimiter, and other values make another request', async () => {
  const lines = [header, person(1)].join('\n')
  const key = { 'Idempotency-Key': 'reading' }
  const first = await all.platform.upload(lines, { encoding: 'windows-1252' }, key)
  expect(first.status).toBe(202)
  const stored = await world.db
    .selectFrom('imports')
    .select('reading')
    .where('id', '=', first.body.id)
    .executeTakeFirst()
  expect(stored?.reading).toEqual({ encoding: 'windows-1252' })
  const other = await all.platform.upload(lines, { encoding: 'utf-8' }, key)
  expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused'])
})
