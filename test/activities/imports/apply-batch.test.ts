import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ApplyBatchResult } from '../../../activities/types.ts'
import { countsOf, dump, importRow, outcomesOf, rowErrors } from '../../support/dump.ts'
import { csv, onboardingHeader, people, person, type Row } from '../../support/people.ts'
import type { GivenFile } from '../../support/stored-import.ts'
import { importWorld, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await importWorld()
})
afterAll(() => world.close())
beforeEach(() => emptied(world))

async function emptied({ pool }: World) {
  await pool.query('TRUNCATE users, imports, import_rows, import_matches, outcomes, files CASCADE')
}

/** An import whose plan is frozen. */
async function planned(rows: Row[], given: GivenFile = {}, header: readonly string[] = onboardingHeader, on = world) {
  const importId = await on.givenFile(csv(rows, header), given)
  await on.run('parseFile', { importId })
  const { result } = await on.run('validateRows', { importId })
  expect(result).toBe('valid')
  return importId
}

const apply = (importId: string, firstRow = 2, lastRow = 10_001, on = world): Promise<ApplyBatchResult> =>
  on.run('applyBatch', { importId, firstRow, lastRow })

/** An import of these users that was parsed, validated and applied. */
async function applied(rows: Row[], options: GivenFile['options'] = {}, header: readonly string[] = onboardingHeader) {
  const importId = await planned(rows, { options }, header)
  await apply(importId)
  return importId
}

const userOf = (n: number) =>
  world.db
    .selectFrom('users')
    .selectAll()
    .where('email_key', '=', `quillon.${n}@people.example`)
    .executeTakeFirstOrThrow()

const courses = { 'module requested 1': 'First Aid', 'module requested 2': 'Data Protection' }

describe('new users', () => {
  test('new users are created with every value and enrolled, and only enabled users get an e-mail', async () => {
    const importId = await applied(
      [
        person(1, { cohortName: 'Spring 2026', job_role: 'Welder', region: 'North', ...courses }),
        person(2, { enabled: '0', email: 'Quillon.2@People.Example', ...courses }),
        person(3, { companyName: 'North Wind', languageCode: 'hu-HU', last_name: '' }),
      ],
      { message: 'Welcome on board.' },
    )
    const state = await dump(world.db)
    const none = {
      last_name: null,
      cohort: null,
      job_role: null,
      region: null,
      description: null,
      label: null,
      custom: {},
      permission_set: null,
      active: false,
      has_password: false,
      must_change_password: false,
    }
    expect(state.users).toEqual([
      {
        ...none,
        email: 'quillon.1@people.example',
        email_key: 'quillon.1@people.example',
        first_name: 'Quillon1',
        last_name: 'Marwick1',
        company: 'Blue Harbour',
        cohort: 'Spring 2026',
        language: 'en-GB',
        job_role: 'Welder',
        region: 'North',
        enabled: true,
      },
      {
        ...none,
        email: 'Quillon.2@People.Example',
        email_key: 'quillon.2@people.example',
        first_name: 'Quillon2',
        last_name: 'Marwick2',
        company: 'Blue Harbour',
        language: 'en-GB',
        enabled: false,
      },
      {
        ...none,
        email: 'quillon.3@people.example',
        email_key: 'quillon.3@people.example',
        first_name: 'Quillon3',
        company: 'North Wind',
        language: 'hu-HU',
        enabled: true,
      },
    ])
    expect(state.enrolments.map((row) => Object.values(row as object))).toEqual([
      ['quillon.1@people.example', 'Data Protection', null, null],
      ['quillon.1@people.example', 'First Aid', null, null],
      ['quillon.2@people.example', 'Data Protection', null, null],
      ['quillon.2@people.example', 'First Aid', null, null],
    ])
    const mailed = { kind: 'activation', state: 'queued', message: 'Welcome on board.' }
    expect(state.outbox).toEqual([
      { email_key: 'quillon.1@people.example', ...mailed },
      { email_key: 'quillon.3@people.example', ...mailed },
    ])
    const { noted } = await countsOf(world.db, importId)
    expect(noted).toEqual({ created: 3, invited: 0, updated: 0, skipped: 0, assignments: 4, invalid: 0, emails: 2 })
  })

  test('an import without sendEmails queues no e-mail', async () => {
    await applied(people(3), { sendEmails: false })
    const { users, outbox } = await dump(world.db)
    expect(users).toHaveLength(3)
    expect(outbox).toEqual([])
  })

  test('a repeated batch does nothing', async () => {
    const importId = await planned(people(20, (n) => (n % 2 ? courses : {})))
    expect(await apply(importId)).toEqual({ rows: 20, refused: 0 })
    const [before, counts] = [await dump(world.db), await countsOf(world.db, importId)]
    expect(await apply(importId)).toEqual({ rows: 0, refused: 0 })
    expect(await dump(world.db)).toEqual(before)
    expect(await countsOf(world.db, importId)).toEqual(counts)
  })

  test('overlapping batches write each row once', async () => {
    const importId = await planned(people(30))
    await apply(importId, 2, 21)
    await apply(importId, 12, 31)
    const { noted, found } = await countsOf(world.db, importId)
    expect(noted.created).toBe(30)
    expect(found).toMatchObject({ created: 30, records: 30 })
  })

  test('a batch skips invalid rows, and the counts add up to the records of the file', async () => {
    const importId = await applied([...people(5), person(6, { email: 'nobody' }), person(2)])
    const { found } = await countsOf(world.db, importId)
    expect(found).toEqual({ created: 5, invited: 0, updated: 0, skipped: 0, invalid: 2, records: 7 })
  })
})

describe('existing users', () => {
  const was: Row = { cohortName: 'Spring 2026', job_role: 'Welder', region: 'North', last_name: 'Marwick1' }
  beforeEach(async () => {
    await applied([person(1, was), person(2, was)], { sendEmails: false })
    await world.pool.query("UPDATE users SET updated_at = '2026-01-01', created_at = '2026-01-01'")
  })
  const touched = async (n: number) => (await userOf(n)).updated_at.getTime() > Date.UTC(2026, 0, 1)

  test('existing: skip leaves existing users unchanged, without enrolments or e-mails', async () => {
    const before = await dump(world.db)
    const importId = await applied([person(1, { region: 'South', ...courses })])
    const after = await dump(world.db)
    expect({ ...after, outcomes: [] }).toEqual({ ...before, outcomes: [] })
    expect(await outcomesOf(world.db, importId)).toEqual([[2, 'skipped', null]])
  })

  test('existing: update writes changed values, records the replaced values and sends no e-mail', async () => {
    const rows = [person(1, { ...was, region: 'South', name: 'Ada' }), person(2, was)]
    const importId = await applied(rows, { existing: 'update' })
    expect(await userOf(1)).toMatchObject({ region: 'South', first_name: 'Ada', job_role: 'Welder' })
    expect(await outcomesOf(world.db, importId)).toEqual([
      [2, 'updated', { region: 'North', firstName: 'Quillon1' }],
      [3, 'skipped', null],
    ])
    expect((await dump(world.db)).outbox).toEqual([])
  })

  test('existing: update skips users without a difference and does not write to them', async () => {
    const importId = await applied([person(1, was)], { existing: 'update' })
    expect(await outcomesOf(world.db, importId)).toEqual([[2, 'skipped', null]])
    expect(await touched(1)).toBe(false)
    await applied([person(1, { ...was, region: 'South' })], { existing: 'update' })
    expect([await touched(1), await touched(2)]).toEqual([true, false])
  })

  test('blankCells: keep leaves values unchanged where the file has an empty cell', async () => {
    const importId = await applied([person(1, { last_name: '' })], { existing: 'update' })
    expect(await userOf(1)).toMatchObject({ region: 'North', job_role: 'Welder', last_name: 'Marwick1' })
    expect((await userOf(1)).cohort_id).not.toBeNull()
    expect(await outcomesOf(world.db, importId)).toEqual([[2, 'skipped', null]])
  })

  test('blankCells: clear empties the values and records the replaced ones', async () => {
    const { cohort_id } = await userOf(1)
    const importId = await applied([person(1, { last_name: '' })], { existing: 'update', blankCells: 'clear' })
    expect(await userOf(1)).toMatchObject({ region: null, job_role: null, last_name: null, cohort_id: null })
    const before = { region: 'North', jobRole: 'Welder', lastName: 'Marwick1', cohort: cohort_id }
    expect(await outcomesOf(world.db, importId)).toEqual([[2, 'updated', before]])
  })

  test('a column that the file does not have clears no value', async () => {
    const header = ['enabled', 'name', 'email', 'companyName', 'languageCode', 'region']
    await applied([person(1)], { existing: 'update', blankCells: 'clear' }, header)
    expect(await userOf(1)).toMatchObject({ region: null, job_role: 'Welder', last_name: 'Marwick1' })
    expect((await userOf(1)).cohort_id).not.toBeNull()
  })

  test('a user who changes company leaves the cohort of the old company', async () => {
    const { cohort_id, company_id } = await userOf(1)
    const importId = await applied(
      [person(1, { companyName: 'North Wind' }), person(2, { companyName: 'North Wind', cohortName: 'Welders' })],
      { existing: 'update' },
    )
    expect(await userOf(1)).toMatchObject({ company_id: world.ids.company('North Wind'), cohort_id: null })
    expect((await userOf(2)).cohort_id).not.toBeNull()
    expect((await outcomesOf(world.db, importId))[0]).toEqual([
      2,
      'updated',
      { company: company_id, cohort: cohort_id },
    ])
  })

  test.each([{ existing: 'update' as const }, { enrolExisting: true }])(
    'an import with %o enrols existing users, once',
    async (options) => {
      const importId = await applied([person(1, { ...was, ...courses })], options)
      expect((await countsOf(world.db, importId)).noted).toMatchObject({ skipped: 1, assignments: 2, emails: 0 })
      const again = await applied([person(1, { ...was, ...courses })], options)
      expect((await countsOf(world.db, again)).noted).toMatchObject({ skipped: 1, assignments: 0 })
      expect((await dump(world.db)).enrolments).toHaveLength(2)
    },
  )

  test('an active user keeps password and activation time', async () => {
    await world.pool.query("UPDATE users SET password_hash = 'hash', activated_at = now()")
    await applied([person(1, { region: 'South' })], { existing: 'update', blankCells: 'clear' })
    expect(await userOf(1)).toMatchObject({ region: 'South', password_hash: 'hash', activated_at: expect.any(Date) })
  })

  test('a user who got the file’s value from another request in the meantime is skipped', async () => {
    const importId = await planned([person(1, { ...was, region: 'South' })], { options: { existing: 'update' } })
    await world.pool.query("UPDATE users SET region = 'South' WHERE email_key = 'quillon.1@people.example'")
    await apply(importId)
    // Another request wrote the same value first, so the import records no change.
    expect(await outcomesOf(world.db, importId)).toEqual([[2, 'skipped', null]])
  })
})

describe('a failure', () => {
  /** Makes the database reject one address, like a rule of the platform that Muster does not know. */
  async function poisoned(n: number, work: () => Promise<void>, sqlState = '23514') {
    await world.pool.query(`CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.email_key = 'quillon.${n}@people.example' THEN
        RAISE EXCEPTION 'no place for %', NEW.email USING ERRCODE = '${sqlState}';
      END IF; RETURN NEW; END $$`)
    await world.pool.query('CREATE TRIGGER poison BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION poison()')
    try {
      await work()
    } finally {
      await world.pool.query('DROP TRIGGER poison ON users; DROP FUNCTION poison')
    }
  }

  test('a row that the database rejects becomes invalid alone, and the counts add up', async () => {
    const importId = await planned([...people(299), person(300, { email: 'nobody' })])
    await poisoned(123, async () => {
      expect(await apply(importId)).toEqual({ rows: 298, refused: 1 })
    })
    const [refused] = await rowErrors(world.db, importId)
    expect(refused).toMatchObject({ row: 124, errors: [{ column: null, code: 'refused-by-database', value: null }] })
    expect(JSON.stringify(refused)).not.toMatch(/quillon/i)
    const { noted, found } = await countsOf(world.db, importId)
    expect(noted).toMatchObject({ created: 298, invalid: 1, emails: 298 })
    expect(found).toEqual({ created: 298, invited: 0, updated: 0, skipped: 0, invalid: 2, records: 300 })
    // A rejected row stays invalid, and a repeated batch does not count it again.
    expect(await apply(importId)).toEqual({ rows: 0, refused: 0 })
    expect(await countsOf(world.db, importId)).toEqual({ noted, found })
  })

  test('a database error that is not about the data fails the batch and makes no row invalid', async () => {
    const importId = await planned(people(5))
    const before = await dump(world.db)
    await poisoned(
      3,
      async () => {
        await expect(apply(importId)).rejects.toMatchObject({ type: 'DatabaseBusy', nonRetryable: false })
      },
      '40001',
    )
    expect(await dump(world.db)).toEqual(before)
    await poisoned(
      3,
      async () => {
        const failure = await apply(importId).catch((error: Error) => error)
        expect(failure).toMatchObject({ type: 'DatabaseRefused', nonRetryable: true })
        expect((failure as Error).message).not.toMatch(/quillon/i)
      },
      '42501',
    )
    expect(await dump(world.db)).toEqual(before)
  })

  test('a withdrawn course stops the batch before it writes anything', async () => {
    const importId = await planned(people(10, (n) => (n === 7 ? { 'module requested 1': 'First Aid' } : {})))
    const link = { company_id: world.ids.company('Blue Harbour'), course_id: world.ids.course('First Aid') }
    const before = await dump(world.db)
    await world.db
      .deleteFrom('company_courses')
      .where('company_id', '=', link.company_id)
      .where('course_id', '=', link.course_id)
      .execute()
    try {
      await expect(apply(importId)).rejects.toMatchObject({
        type: 'CourseWithdrawn',
        nonRetryable: true,
        details: [{ courseIds: [link.course_id] }],
      })
      expect(await dump(world.db)).toEqual(before)
      // The other batches do not need this course.
      expect(await apply(importId, 2, 7)).toEqual({ rows: 6, refused: 0 })
    } finally {
      await world.db.insertInto('company_courses').values(link).execute()
    }
    expect(await apply(importId)).toEqual({ rows: 4, refused: 0 })
  })

  test('a course cannot be withdrawn while a batch enrols into it', async () => {
    const importId = await planned(people(3, () => courses))
    const other = await holding(`SELECT FROM users`) // Opens the transaction. It locks nothing yet.
    await other.query(
      "INSERT INTO users (email, email_key, first_name, company_id, language, enabled) VALUES ('x', $1, 'x', $2, 'en', true)",
      ['quillon.3@people.example', world.ids.company('Blue Harbour')],
    )
    const running = apply(importId)
    await waitingBehind(other)
    const withdrawn = world.pool.query('DELETE FROM company_courses WHERE course_id = $1', [
      world.ids.course('First Aid'),
    ])
    await waitingBehind(other, 2)
    await other.query('ROLLBACK')
    await other.end()
    expect(await running).toEqual({ rows: 3, refused: 0 })
    await withdrawn
    const back = { company_id: world.ids.company('Blue Harbour'), course_id: world.ids.course('First Aid') }
    await world.db.insertInto('company_courses').values(back).execute()
    expect((await dump(world.db)).enrolments).toHaveLength(6)
  })

  test.each([
    ['skip' as const, 'skipped', 'West'],
    ['update' as const, 'updated', 'North'],
  ])(
    'a user created after the plan was frozen is matched, not duplicated (existing: %s)',
    async (existing, outcome, region) => {
      const importId = await planned(
        people(3, () => ({ region: 'North' })),
        { options: { existing } },
      )
      await latecomer(2, 'Blue Harbour')
      expect(await apply(importId)).toEqual({ rows: 3, refused: 0 })
      expect((await outcomesOf(world.db, importId)).map(([row, what]) => [row, what])).toEqual([
        [2, 'created'],
        [3, outcome],
        [4, 'created'],
      ])
      expect(await userOf(2)).toMatchObject({ region, first_name: existing === 'skip' ? 'Late' : 'Quillon2' })
      // An existing user gets no e-mail from an import.
      expect((await dump(world.db)).outbox).toHaveLength(2)
    },
  )

  test('a user created after the plan was frozen in a company outside the scope is unchanged', async () => {
    const scope = [world.ids.company('Blue Harbour')]
    const importId = await planned(people(3), { options: { existing: 'update' }, scope })
    await latecomer(2, 'North Wind')
    expect(await apply(importId)).toEqual({ rows: 2, refused: 0 })
    expect(await rowErrors(world.db, importId)).toMatchObject([{ row: 3, errors: [{ code: 'email-unavailable' }] }])
    expect(await userOf(2)).toMatchObject({ first_name: 'Late' })
    const { noted, found } = await countsOf(world.db, importId)
    expect(noted).toMatchObject({ created: 2, invalid: 1 })
    expect(found).toMatchObject({ created: 2, invalid: 1, records: 3 })
  })

  test('a batch whose connection the server ends writes nothing, and its retry writes everything', async () => {
    const rows = people(200, (n) => (n % 3 ? courses : { enabled: '0' }))
    const importId = await planned(rows)
    const before = await dump(world.db)
    const other = await holding('SELECT 1')
    await other.query(
      "INSERT INTO users (email, email_key, first_name, company_id, language, enabled) VALUES ('x', $1, 'x', $2, 'en', true)",
      ['quillon.99@people.example', world.ids.company('Blue Harbour')],
    )
    const running = apply(importId).catch((error: Error) => error)
    const [pid] = await waitingBehind(other)
    await other.query('SELECT pg_terminate_backend($1)', [pid])
    expect(await running).toMatchObject({ type: 'DatabaseBusy', nonRetryable: false })
    await other.query('ROLLBACK')
    await other.end()
    expect(await dump(world.db)).toEqual(before)
    expect(await apply(importId)).toEqual({ rows: 200, refused: 0 })
    expect(await dump(world.db)).toEqual(await undisturbed(rows))
  })

  test('two simultaneous imports in opposite order create each user once, and each row gets one outcome', async () => {
    const rows = people(2000, () => courses)
    const [a, b] = [await planned(rows), await planned(rows.toReversed())]
    const ranges: [number, number][] = [0, 1, 2, 3].map((n) => [2 + n * 500, 501 + n * 500])
    const all = [a, b].flatMap((importId) => ranges.map((range) => apply(importId, ...range)))
    const results = await Promise.all(all)
    expect(results.every(({ rows, refused }) => rows === 500 && refused === 0)).toBe(true)
    const [first, second] = [await countsOf(world.db, a), await countsOf(world.db, b)]
    for (const { noted, found } of [first, second]) {
      expect(found).toMatchObject({ updated: 0, invalid: 0, records: 2000 })
      expect(noted.created + noted.skipped).toBe(2000)
      expect(found).toMatchObject({ created: noted.created, skipped: noted.skipped })
    }
    expect(first.noted.created + second.noted.created).toBe(2000)
    const { users, enrolments, outbox } = await dump(world.db)
    expect([users.length, enrolments.length, outbox.length]).toEqual([2000, 4000, 2000])
  })

  test('an unknown import fails with ImportNotFound', async () => {
    await expect(apply('00000000-0000-7000-8000-000000000000')).rejects.toMatchObject({ type: 'ImportNotFound' })
  })
})

async function latecomer(n: number, company: string) {
  const email = `quillon.${n}@people.example`
  await world.db
    .insertInto('users')
    .values({
      email,
      email_key: email,
      first_name: 'Late',
      company_id: world.ids.company(company),
      language: 'en-GB',
      region: 'West',
      enabled: true,
    })
    .execute()
}

/** Another session, in a transaction. */
async function holding(statement: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: world.url })
  await client.connect()
  await client.query('BEGIN')
  await client.query(statement)
  return client
}

/** Waits until `count` sessions wait for a lock behind this session, directly or indirectly. */
async function waitingBehind(client: pg.Client, count = 1): Promise<number[]> {
  for (let looks = 0; looks < 1_000; looks++) {
    const { rows } = await client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity, pg_sleep(0.01)
        WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    if (rows.length >= count) return rows.map(({ pid }) => pid)
  }
  await client.end() // Releases sessions that may still wait, so that the test fails instead of hanging.
  throw new Error('Nobody waits for the lock that this test holds.')
}

/** The database contents after an undisturbed import, in a database of its own. */
async function undisturbed(rows: Row[]) {
  const other = await importWorld()
  try {
    const importId = await planned(rows, {}, onboardingHeader, other)
    await apply(importId, 2, 10_001, other)
    expect((await importRow(other.db, importId)).records).toBe(rows.length)
    return await dump(other.db)
  } finally {
    await other.close()
  }
}
