import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import { csv, onboardingHeader, person, type Row } from '../support/people.ts'
import { type FormatsWorld, formatsWorld } from './world.ts'

let world: FormatsWorld
const ids: Record<string, string> = {}

beforeAll(async () => {
  world = await formatsWorld(import.meta.url)
  const companies = [world.blue.company]
  for (const title of ['Safety – Level 1', 'First Aid', 'first aid', 'Welding', 'WELDING']) {
    ids[title] = await world.made('courses', { title, companies })
  }
  ids.cohort = await world.made('cohorts', { name: 'Welders', company: world.red.company })
})
afterAll(() => world.close())

const again = (row: Row) => ({ ...row, name: 'Changed' })

describe('a file of every kind of row', () => {
  // biome-ignore lint/suspicious/noExplicitAny: each test asserts the shape of its answer
  let done: any
  let errors: Record<number, string[]>
  const rows = (): Row[] => [
    person(2, {
      cohortName: 'Spring',
      languageCode: 'hu-hu',
      job_role: 'Welder, nights',
      region: 'North',
      'module requested 1': '\u00a0SAFETY\u2014level  1 ',
      'module requested 2': 'First Aid',
    }),
    person(3, { enabled: '0', 'module requested 2': 'first aid' }),
    person(4, { last_name: '', languageCode: 'sv' }),
    again(person(5, { email: world.blue.email })),
    person(6, { enabled: 'yes' }),
    person(7, { name: '' }),
    person(8, { email: 'nobody at home' }),
    person(9, { companyName: 'blue harbour', 'module requested 1': 'Nobody Teaches This' }),
    person(10, { companyName: '' }),
    person(11, { cohortName: 'spring' }),
    person(12, { cohortName: 'Welders' }),
    person(13, { languageCode: 'english' }),
    person(14, { languageCode: '' }),
    person(15, { email: 'Quillon.2@PEOPLE.example' }),
  ]
  const of = (n: number) => world.person(`quillon.${n}@people.example`)

  beforeAll(async () => {
    done = await world.imported(csv(rows()), { template: 'onboarding' })
    errors = await world.errors(done.id)
  })

  test('an import of every kind of row completes, and each row has one outcome', () => {
    expect(done).toMatchObject({ status: 'completed', counts: { records: 14, valid: 4, invalid: 10, created: 3 } })
    expect(Object.keys(errors).map(Number)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
  })

  test('enabled 1 is enabled, 0 is created disabled, and any other value is an error in that row', async () => {
    expect([(await of(2)).enabled, (await of(3)).enabled]).toEqual([true, false])
    expect([(await of(2)).status, (await of(3)).status]).toEqual(['pending', 'disabled'])
    expect(errors[6]).toEqual(['enabled: invalid-enabled'])
  })

  test('name is the first name and last_name may be empty', async () => {
    expect(await of(2)).toMatchObject({ firstName: 'Quillon2', lastName: 'Marwick2' })
    expect((await of(4)).lastName).toBeNull()
    expect(errors[7]).toEqual(['name: missing-value'])
  })

  test('email is a valid address and the unique key of a user', async () => {
    expect(errors[8]).toEqual(['email: invalid-email'])
    expect(errors[15]).toEqual(['email: duplicate-email'])
    expect((await world.rows(done.id))[3]).toMatchObject({ row: 5, outcome: 'skipped', user: world.blue.user })
  })

  test('companyName must equal an existing company’s name exactly', async () => {
    expect((await of(2)).company).toBe(world.blue.company)
    expect(errors[9]).toEqual(['companyName: unknown-company'])
    expect(errors[10]).toEqual(['companyName: missing-value'])
  })

  test('cohortName must equal a cohort of that company exactly, or be empty for none', async () => {
    expect([(await of(2)).cohort, (await of(4)).cohort]).toEqual([world.blue.cohort, null])
    expect([errors[11], errors[12]]).toEqual([['cohortName: unknown-cohort'], ['cohortName: unknown-cohort']])
  })

  test('languageCode must be a BCP 47 tag', async () => {
    expect([(await of(2)).language, (await of(3)).language, (await of(4)).language]).toEqual(['hu-HU', 'en-GB', 'sv'])
    expect(errors[13]).toEqual(['languageCode: invalid-language'])
    expect(errors[14]).toEqual(['languageCode: missing-value'])
  })

  test('job_role and region are free text', async () => {
    expect(await of(2)).toMatchObject({ jobRole: 'Welder, nights', region: 'North' })
    expect(await of(4)).toMatchObject({ jobRole: null, region: null })
  })

  test('each module requested is a course title or empty, and an exact match wins over a loose one', async () => {
    expect((await of(2)).courses).toEqual([ids['Safety – Level 1'], ids['First Aid']].sort())
    expect((await of(3)).courses).toEqual([ids['first aid']])
    expect((await of(4)).courses).toEqual([])
  })

  test('a row whose company is unknown is invalid, and its titles are not checked', () => {
    expect([done.status, done.problem]).toEqual(['completed', null])
    expect(errors[9]).toEqual(['companyName: unknown-company'])
  })

  test('a user created as disabled gets no e-mail, which can be sent from the user list once the user is enabled', async () => {
    const address = 'quillon.3@people.example'
    expect([world.mails(address).length, world.mails('quillon.2@people.example').length]).toEqual([0, 1])
    const { id } = await of(3)
    expect((await world.office.post(`/v1/users/${id}/activation`)).status).toBe(409)
    expect((await world.office.patch(`/v1/users/${id}`, { enabled: true })).status).toBe(200)
    expect((await world.office.post(`/v1/users/${id}/activation`)).status).toBe(202)
    const { link } = await world.untilMail(address)
    expect((await world.complete(link)).status).toBe(200)
    expect((await of(3)).status).toBe('active')
  })

  test('the result has four counts, each with its list, as JSON and as CSV with a timestamp in the file name', async () => {
    const json = await world.office.get(`/v1/imports/${done.id}/result.json`)
    expect(json.headers.get('Content-Disposition')).toMatch(/"import-result-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.json"$/)
    expect(json.body.summary).toEqual({ created: 3, updated: 0, skipped: 1, assignments: 3 })
    expect([json.body.created.length, json.body.updated.length, json.body.skipped.length]).toEqual([3, 0, 1])
    const table = await world.office.get(`/v1/imports/${done.id}/result.csv`)
    expect(table.headers.get('Content-Disposition')).toMatch(/"import-result-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.csv"$/)
    const lines: Record<string, string>[] = parse(table.body, { bom: true, columns: true })
    expect(lines.map(({ status, courses }) => [status, courses])).toEqual([
      ['created', 'First Aid; Safety – Level 1'],
      ['created', 'first aid'],
      ['created', ''],
      ['skipped', ''],
    ])
    for (const [outcome, count] of [
      ['created', 3],
      ['updated', 0],
      ['skipped', 1],
    ] as const) {
      expect(await world.rows(done.id, `?outcome=${outcome}`), outcome).toHaveLength(count)
    }
  })

  test('importing the same file again makes no duplicate user, no duplicate enrolment and no second e-mail', async () => {
    const before = await world.everybody()
    const mailed = world.sink.journal.filter(({ to }) => to.join().startsWith('quillon')).length
    const second = await world.imported(csv(rows()), { template: 'onboarding' })
    expect(second.counts).toMatchObject({ created: 0, updated: 0, skipped: 4, assignments: 0 })
    expect(second.counts.emails).toEqual({ queued: 0, sent: 0, failed: 0 })
    expect(await world.everybody()).toEqual(before)
    expect(world.sink.journal.filter(({ to }) => to.join().startsWith('quillon'))).toHaveLength(mailed)
  })

  test('existing users, activated or not, never get an activation e-mail from an import', async () => {
    const activated = (await world.links('quillon.2@people.example'))[0] as string
    await world.complete(activated)
    const there = [person(2, { region: 'South' }), person(4, { region: 'South' })]
    const changed = await world.imported(csv(there), { template: 'onboarding', options: { existing: 'update' } })
    expect(changed.counts).toMatchObject({ updated: 2, emails: { queued: 0, sent: 0, failed: 0 } })
    expect([(await of(2)).status, (await of(4)).status]).toEqual(['active', 'pending'])
    expect([2, 4].map((n) => world.mails(`quillon.${n}@people.example`).length)).toEqual([1, 1])
  })
})

describe('unmatched titles', () => {
  test('unmatched titles reject the whole import, write nothing and are all listed with company, rows and closest titles', async () => {
    const before = await world.everybody()
    const mailed = world.sink.journal.length
    const unmatched = await world.imported(
      csv([
        person(101, { 'module requested 1': 'Frist Aid', 'module requested 2': 'First Aid' }),
        person(102, { 'module requested 1': 'Underwater Chess', 'module requested 2': 'welding' }),
        person(103, { enabled: 'no', 'module requested 1': 'Frist Aid' }),
        person(104, { companyName: 'Red Hill', 'module requested 1': 'First Aid' }),
        person(105, { companyName: 'Nowhere', 'module requested 1': 'Only There' }),
        person(106),
      ]),
      { template: 'onboarding' },
    )
    expect(unmatched).toMatchObject({ status: 'rejected', problem: { code: 'unmatched-titles' } })
    const titles: { title: string; company: string; reason: string; rows: unknown; suggestions: string[] }[] =
      unmatched.problem.unmatchedTitles
    const told = new Map(titles.map((one) => [`${one.title} at ${one.company}`, one]))
    expect([...told.keys()].sort()).toEqual([
      'First Aid at Red Hill',
      'Frist Aid at Blue Harbour',
      'Underwater Chess at Blue Harbour',
      'welding at Blue Harbour',
    ])
    const misspelt = told.get('Frist Aid at Blue Harbour')
    expect(misspelt).toMatchObject({ reason: 'unknown', rows: { count: 2, first: [2, 4] } })
    expect(misspelt?.suggestions.sort()).toEqual(['First Aid', 'first aid'])
    expect(told.get('welding at Blue Harbour')).toMatchObject({ reason: 'ambiguous', rows: { count: 1, first: [3] } })
    expect(told.get('First Aid at Red Hill')).toMatchObject({ reason: 'not-available' })
    expect(await world.everybody()).toEqual(before)
    expect(world.sink.journal.slice(mailed).filter(({ to }) => to.join().startsWith('quillon'))).toEqual([])
    expect(unmatched.counts).toMatchObject({ created: 0, assignments: 0, emails: { queued: 0, sent: 0, failed: 0 } })
  })

  test('titles are checked in every row whose company is known, even if the row is otherwise invalid', async () => {
    const rows = [person(111, { enabled: 'no', email: 'nobody', 'module requested 2': 'Diving' }), person(112)]
    const { status, problem } = await world.imported(csv(rows), { template: 'onboarding' })
    expect([status, problem.unmatchedTitles]).toMatchObject(['rejected', [{ title: 'Diving', rows: { first: [2] } }]])
  })
})

describe('header names', () => {
  const required = ['enabled', 'name', 'email', 'companyName', 'languageCode']
  const headersOf = async (header: string[]) => {
    const row = header.map((name) => person(1)[name as keyof Row] ?? 'x').join(',')
    const { status, problem } = await world.imported(`${header.join(',')}\n${row}\n`, { template: 'onboarding' })
    expect([status, problem?.code]).toEqual(['rejected', 'invalid-headers'])
    return problem.headers
  }

  test('header names match exactly, including case, and an error names the found and the expected header and the column', async () => {
    for (const found of ['companyname', 'CompanyName']) {
      expect(await headersOf(required.map((name) => (name === 'companyName' ? found : name)))).toEqual([
        { found, expected: 'companyName', column: 'D', reason: 'spelling' },
      ])
    }
  })

  test('a missing required header, an unknown header and a duplicate header are each an error of the file', async () => {
    expect(await headersOf(['name', 'name', 'shoe size', 'email', 'companyName', 'languageCode'])).toEqual([
      { found: 'name', expected: 'name', column: 'B', reason: 'duplicate' },
      { found: 'shoe size', expected: null, column: 'C', reason: 'unknown' },
      { found: null, expected: 'enabled', column: null, reason: 'missing' },
    ])
  })

  test('headers may be in any order, in CSV or XLSX, with any number of module columns', async () => {
    const header = [
      ...onboardingHeader.slice(0, 9),
      ...Array.from({ length: 30 }, (_, n) => `module requested ${n + 1}`),
    ]
    const one = { ...person(201), 'module requested 30': 'First Aid' } as Record<string, string>
    const reversed = header.toReversed()
    const table = [reversed, reversed.map((name) => one[name] || null)]
    const workbook = await writeWorkbook([{ data: table, sheet: 'People' }]).toBuffer()
    const options = { dryRun: true }
    for (const file of [workbook, table.map((line) => line.join(',')).join('\n')]) {
      const { status, plan } = await world.imported(file, { template: 'onboarding', options })
      expect([status, plan]).toMatchObject(['completed', { create: 1, invalid: 0, assignments: 1 }])
    }
  })
})
