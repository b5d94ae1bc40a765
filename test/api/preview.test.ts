import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeText } from '../../reading/index.ts'
import { twoCompanies } from './catalogue.ts'
import { apiWorld, type World } from './world.ts'

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
  test('tells what the file is and why, the first ten people and how many there are', async () => {
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

  test('keeps nothing', async () => {
    await preview(text([header, person(1)]))
    for (const table of ['imports', 'files', 'file_chunks'] as const) {
      const { count } = await world.db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      expect(count, table).toBe(0)
    }
  })

  test('obeys encoding and delimiter where they are given, and says so', async () => {
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
  ])('refuses %j', async (fields, code) => {
    const { status, body } = await preview(text([header, person(1)]), fields)
    expect([status, body.code]).toEqual([422, code])
  })

  test('shows the problems that would refuse the file, headers and all', async () => {
    const { body } = await preview(text([header.replace('email', 'E-Mail'), person(1)]))
    expect(body.problems).toMatchObject([
      { code: 'invalid-headers', headers: [{ found: 'E-Mail', expected: 'email', column: 'C', reason: 'spelling' }] },
    ])
    expect(body).toMatchObject({ records: 1, people: [], cells: [person(1).split(';')] })
    const pdf = await preview(Buffer.from('%PDF-1.7 ...'))
    expect(pdf.body).toMatchObject({ records: 0, problems: [{ code: 'file-is-pdf' }] })
  })

  test('knows a file that was imported before, for those who may see that import', async () => {
    const lines = [header, person(99)]
    const { body } = await all.blue.client.upload(lines.join('\r\n'))
    const again = text(lines)
    expect((await preview(again, {}, all.blue.client)).body.seenBefore).toEqual([body.id])
    expect((await preview(again, {}, all.red.client)).body.seenBefore).toEqual([])
  })
})

test('an import reads the file as it is told to, and another reading is another request', async () => {
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
