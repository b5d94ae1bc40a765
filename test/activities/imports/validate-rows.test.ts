import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { UnmatchedTitle } from '../../../domain/problems/problem.ts'
import { dumpPeople, importRow, rowErrors } from '../../support/dump.ts'
import { csv, onboardingHeader, people, person, type Row } from '../../support/people.ts'
import type { GivenFile } from '../../support/stored-import.ts'
import { importWorld, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await importWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.db.deleteFrom('users').execute()
})

/** Stores, parses and validates a file of these rows. */
async function checked(rows: Row[], given: GivenFile = {}, header: readonly string[] = onboardingHeader) {
  const importId = await world.givenFile(csv(rows, header), given)
  await world.run('parseFile', { importId })
  const result = await world.run('validateRows', { importId })
  return { importId, result }
}

const problemOf = async (importId: string) => (await importRow(world.db, importId)).problem
const unmatchedOf = async (importId: string) => (await problemOf(importId))?.unmatchedTitles as UnmatchedTitle[]

/** Inserts an existing user. */
async function existing(n: number, more: { company?: string; email?: string; region?: string } = {}) {
  const email = more.email ?? `quillon.${n}@people.example`
  return world.db
    .insertInto('users')
    .values({
      email,
      email_key: email.toLowerCase(),
      first_name: `Quillon${n}`,
      last_name: `Marwick${n}`,
      company_id: world.ids.company(more.company ?? 'Blue Harbour'),
      language: 'en-GB',
      region: more.region ?? null,
      enabled: true,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
}

const title = (text: string, more: Row = {}): Row => ({ 'module requested 1': text, ...more })
const northWind = { companyName: 'North Wind' }

describe('course titles', () => {
  test('every unmatched title is reported with its company, rows, reason and closest titles', async () => {
    const { importId, result } = await checked([
      person(1, title('First Aid')),
      person(2, title('Frist Aid')),
      person(3, title('Frist Aid')),
      person(4, title('Welding')),
      person(5, title('Frist Aid', northWind)),
      person(6, title('team—work')),
      person(7, title('First Aid', northWind)),
    ])
    expect(result).toMatchObject({
      result: 'rejected',
      plan: { create: 0, invalid: 0 },
      problem: { code: 'unmatched-titles' },
    })
    expect(await unmatchedOf(importId)).toEqual([
      {
        title: 'Frist Aid',
        company: 'Blue Harbour',
        rows: { count: 2, first: [3, 4] },
        reason: 'unknown',
        suggestions: ['First Aid'],
      },
      {
        title: 'Welding',
        company: 'Blue Harbour',
        rows: { count: 1, first: [5] },
        reason: 'not-available',
        suggestions: [],
      },
      {
        title: 'Frist Aid',
        company: 'North Wind',
        rows: { count: 1, first: [6] },
        reason: 'unknown',
        suggestions: [],
      },
      {
        title: 'team—work',
        company: 'Blue Harbour',
        rows: { count: 1, first: [7] },
        reason: 'ambiguous',
        suggestions: expect.arrayContaining(['Team-Work', 'Team – Work']) as unknown as string[],
      },
      {
        title: 'First Aid',
        company: 'North Wind',
        rows: { count: 1, first: [8] },
        reason: 'not-available',
        suggestions: [],
      },
    ] satisfies UnmatchedTitle[])
    expect(await importRow(world.db, importId)).toMatchObject({
      status: 'rejected',
      phase: 'done',
      plan: { create: 0, invalid: 0 },
    })
    expect((await importRow(world.db, importId)).finished_at).not.toBeNull()
  })

  test('the rows of an unmatched title are counted, and the first five are named', async () => {
    const { importId } = await checked(people(8, () => title('Nowhere to be found')))
    expect((await unmatchedOf(importId))[0]?.rows).toEqual({ count: 8, first: [2, 3, 4, 5, 6] })
  })

  test('titles match regardless of case, white space and kind of dash, and an exact match takes precedence', async () => {
    const { result } = await checked([
      person(1, title(' safety\u2014LEVEL\u00a0 1 ')),
      person(2, title('Safety - Level 1')),
      person(3, title('Team-Work')),
      person(4, title('Team – Work')),
    ])
    expect(result).toMatchObject({ result: 'valid', plan: { create: 4, assignments: 4 } })
  })

  test('titles are checked in rows that are invalid for another reason', async () => {
    const { importId, result } = await checked([person(1), person(2, title('Frist Aid', { email: 'nobody' }))])
    expect(result.result).toBe('rejected')
    expect(await unmatchedOf(importId)).toMatchObject([{ title: 'Frist Aid', rows: { count: 1, first: [3] } }])
  })

  test('titles of an unknown company are not checked, the row is invalid, and the import continues', async () => {
    const { importId, result } = await checked([person(1), person(2, title('Frist Aid', { companyName: 'South Sea' }))])
    expect(result).toMatchObject({ result: 'valid', plan: { create: 1, invalid: 1 } })
    expect(await rowErrors(world.db, importId)).toMatchObject([
      { row: 3, errors: [{ column: 'companyName', code: 'unknown-company', value: 'South Sea' }] },
    ])
  })

  test('two spellings of one course in one row are one assignment', async () => {
    const twice = { 'module requested 1': 'First Aid', 'module requested 2': 'FIRST  AID' }
    const { result } = await checked([person(1, twice), person(2, title('first aid')), person(3, twice)])
    expect(result).toMatchObject({ result: 'valid', plan: { create: 3, assignments: 3 } })
  })
})

describe('companies and cohorts', () => {
  test('companies and cohorts are found by their exact name only', async () => {
    const { importId, result } = await checked([
      person(1, { cohortName: 'Spring 2026' }),
      person(2, { cohortName: 'spring 2026' }),
      person(3, { companyName: 'blue harbour' }),
      person(4, { companyName: 'Blue Harbour ' }),
      person(5, { cohortName: 'Welders' }),
      person(6, { cohortName: 'Welders', ...northWind }),
    ])
    expect(result).toMatchObject({ result: 'valid', plan: { create: 2, invalid: 4 }, invalidRows: 4 })
    const told = (await rowErrors(world.db, importId)).map(({ row, errors }) => [
      row,
      ...errors.map(({ column, code, value }) => ({ column, code, value })),
    ])
    expect(told).toEqual([
      [3, { column: 'cohortName', code: 'unknown-cohort', value: 'spring 2026' }],
      [4, { column: 'companyName', code: 'unknown-company', value: 'blue harbour' }],
      [5, { column: 'companyName', code: 'unknown-company', value: 'Blue Harbour ' }],
      [6, { column: 'cohortName', code: 'unknown-cohort', value: 'Welders' }],
    ])
  })

  test('a cohort of an unknown company is not reported as unknown', async () => {
    const { importId } = await checked([person(1, { companyName: 'South Sea', cohortName: 'Divers' })])
    const [row] = await rowErrors(world.db, importId)
    expect(row?.errors.map(({ code }) => code)).toEqual(['unknown-company'])
  })

  test('the companies of the file are listed, those with the most rows first', async () => {
    const { importId, result } = await checked([
      person(1, { companyName: 'South Sea' }),
      person(2),
      ...people(2, () => northWind, 3),
    ])
    expect(result.companies).toEqual(['North Wind', 'Blue Harbour'])
    expect((await importRow(world.db, importId)).company_names).toEqual(['North Wind', 'Blue Harbour'])
  })
})

describe('users', () => {
  test('the first valid row with an address counts, and the error of each later row names it', async () => {
    const { importId, result } = await checked([
      person(1, { email: 'ada@people.example', languageCode: 'nonsense!' }),
      person(2, { email: 'ADA@people.example' }),
      person(3, { email: 'ada@People.Example' }),
      person(4),
      person(5, { email: ' ada@people.example ' }),
    ])
    expect(result).toMatchObject({ plan: { create: 2, invalid: 3 } })
    const errors = await rowErrors(world.db, importId)
    expect(errors.map(({ row, errors }) => [row, errors.map(({ code }) => code)])).toEqual([
      [2, ['invalid-language']],
      [4, ['duplicate-email']],
      [6, ['duplicate-email']],
    ])
    for (const { errors: told } of errors.slice(1)) expect(told[0]?.message).toContain('Row 3')
    expect(errors[1]?.errors[0]).toMatchObject({ column: 'email', value: 'ada@People.Example' })
  })

  test('a row that validation makes invalid does not make a later row with its address a duplicate', async () => {
    const { importId, result } = await checked([
      person(1, { email: 'ada@people.example', companyName: 'South Sea' }),
      person(2, { email: 'ada@people.example' }),
    ])
    expect(result).toMatchObject({ plan: { create: 1, invalid: 1 } })
    expect((await rowErrors(world.db, importId)).map(({ row }) => row)).toEqual([2])
  })

  test('companies outside the scope do not exist, and their courses look like unknown ones', async () => {
    const scope = [world.ids.company('Blue Harbour')]
    const { importId, result } = await checked([person(1), person(2, { ...northWind, ...title('Welding') })], { scope })
    expect(result).toMatchObject({ result: 'valid', companies: ['Blue Harbour'], plan: { create: 1, invalid: 1 } })
    expect(await rowErrors(world.db, importId)).toMatchObject([{ row: 3, errors: [{ code: 'unknown-company' }] }])
    const other = await checked([person(1, title('Welding'))], { scope })
    expect(await unmatchedOf(other.importId)).toMatchObject([{ title: 'Welding', reason: 'unknown', suggestions: [] }])
  })

  test('addresses of users outside the scope are unavailable, without their company', async () => {
    await existing(1, { company: 'North Wind' })
    await existing(2)
    const scope = [world.ids.company('Blue Harbour')]
    const { importId, result } = await checked(people(3), { scope })
    expect(result).toMatchObject({ plan: { create: 1, skip: 1, invalid: 1 } })
    const errors = await rowErrors(world.db, importId)
    expect(errors).toMatchObject([
      { row: 2, errors: [{ column: 'email', code: 'email-unavailable', value: 'quillon.1@people.example' }] },
    ])
    expect(JSON.stringify(errors)).not.toContain('North Wind')
  })
})

describe('the plan', () => {
  const mixed = [
    person(1, title('First Aid', { region: 'North' })),
    person(2, title('First Aid')),
    person(3, { 'module requested 1': 'First Aid', 'module requested 2': 'Data Protection' }),
    person(4, { enabled: '0' }),
    person(5, { email: 'nobody' }),
  ]
  beforeEach(async () => {
    const first = await existing(1)
    await existing(2)
    const course = world.ids.course('First Aid')
    await world.db.insertInto('enrolments').values({ user_id: first.id, course_id: course, import_id: null }).execute()
  })

  test.each<[string, GivenFile['options'], object]>([
    ['by default people who are there are skipped', {}, { update: 0, skip: 2, assignments: 2, emails: 1 }],
    [
      'update: those who differ are counted, and courses that are new to them',
      { existing: 'update' },
      { update: 1, skip: 1, assignments: 3, emails: 1 },
    ],
    [
      'enrolExisting: skipped, and enrolled',
      { enrolExisting: true },
      { update: 0, skip: 2, assignments: 3, emails: 1 },
    ],
    ['sendEmails off: no e-mail', { sendEmails: false }, { update: 0, skip: 2, assignments: 2, emails: 0 }],
  ])('the plan counts each kind of row: %s', async (_, options, expected) => {
    const { importId, result } = await checked(mixed, { options: options ?? {} })
    const plan = { create: 2, invite: 0, invalid: 1, ...expected }
    expect(result.plan).toEqual(plan)
    expect(await importRow(world.db, importId)).toMatchObject({ plan, phase: 'apply', problem: null })
  })

  test('validating twice gives the same result and no error twice', async () => {
    const { importId, result } = await checked([...mixed, person(2)], { options: { existing: 'update' } })
    const errors = await rowErrors(world.db, importId)
    expect(await world.run('validateRows', { importId })).toEqual(result)
    expect(await rowErrors(world.db, importId)).toEqual(errors)
  })

  test.each(['review', 'dryRun'] as const)(
    'an import with the option %s waits for a review after validation',
    async (option) => {
      const { importId } = await checked(people(1), { options: { [option]: true } })
      expect(await importRow(world.db, importId)).toMatchObject({ phase: 'review' })
    },
  )
})

describe('a rejected file', () => {
  test('invalidRows: reject rejects the file for one invalid row and lists all invalid rows', async () => {
    const rows = [person(1), person(2, { email: 'nobody' }), person(3, { companyName: 'South Sea' })]
    const { importId, result } = await checked(rows, { options: { invalidRows: 'reject' } })
    expect(result).toMatchObject({ result: 'rejected', problem: { code: 'invalid-rows' } })
    expect(await problemOf(importId)).toMatchObject({
      code: 'invalid-rows',
      count: 2,
      rows: [
        { row: 3, errors: [{ code: 'invalid-email' }] },
        { row: 4, errors: [{ code: 'unknown-company' }] },
      ],
    })
    const good = await checked([person(1)], { options: { invalidRows: 'reject' } })
    expect(good.result.result).toBe('valid')
  })

  test.each<[string, Row[], GivenFile['options']]>([
    ['a title', [person(1), person(2, title('Frist Aid'))], {}],
    ['a bad row', [person(1), person(2, { email: 'nobody' })], { invalidRows: 'reject' }],
  ])('an import that is rejected for %s writes nothing', async (_, rows, options) => {
    await existing(1, { region: 'South' })
    const before = await dumpPeople(world.db)
    const { importId, result } = await checked(rows, { options: { existing: 'update', ...options } })
    expect(result.result).toBe('rejected')
    // A new workflow run would validate again, get the same result and do nothing more.
    expect(await world.run('validateRows', { importId })).toEqual(result)
    expect(await dumpPeople(world.db)).toEqual(before)
  })

  test('validating a valid file writes no users', async () => {
    await existing(1, { region: 'South' })
    const before = await dumpPeople(world.db)
    await checked(
      people(3, () => title('First Aid')),
      { options: { existing: 'update' } },
    )
    expect(await dumpPeople(world.db)).toEqual(before)
  })
})
