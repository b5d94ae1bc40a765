import { CancelledFailure } from '@temporalio/common'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sheet } from '../../reading/workbook/workbook-writer.ts'
import { importRow, rowErrors } from '../../support/dump.ts'
import { csv, onboardingHeader, people, person } from '../../support/people.ts'
import { activityEnvironment, importWorld, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await importWorld()
})
afterAll(() => world.close())

const stagedRows = (importId: string) =>
  world.db.selectFrom('import_rows').where('import_id', '=', importId).selectAll().orderBy('row_no').execute()

describe('reading a file', () => {
  test('every value of a row is staged as written, and each name is stored once', async () => {
    const rows = [
      person(1, {
        cohortName: 'Spring 2026',
        job_role: 'Welder, "first"',
        region: '東',
        'module requested 1': 'First Aid',
      }),
      person(2, { enabled: '0', email: 'Quillon.2@People.example', 'module requested 2': 'First Aid' }),
    ]
    const importId = await world.givenFile(csv(rows))
    const result = await world.run('parseFile', { importId })
    expect(result).toEqual({ rejected: false, records: 2, lastRow: 3, problem: null })
    const [first, second] = await stagedRows(importId)
    expect(first).toMatchObject({
      row_no: 2,
      enabled: true,
      first_name: 'Quillon1',
      last_name: 'Marwick1',
      email: 'quillon.1@people.example',
      language: 'en-GB',
      job_role: 'Welder, "first"',
      region: '東',
      errors: null,
    })
    expect(second).toMatchObject({ row_no: 3, enabled: false, email_key: 'quillon.2@people.example', cohort_ref: null })
    expect(second?.titles).toEqual(first?.titles)
    const names = await world.db
      .selectFrom('import_refs')
      .where('import_id', '=', importId)
      .select(['kind', 'name', 'row_count', 'first_rows'])
      .orderBy('ref')
      .execute()
    expect(names).toEqual([
      { kind: 'company', name: 'Blue Harbour', row_count: 2, first_rows: [2, 3] },
      { kind: 'cohort', name: 'Spring 2026', row_count: 1, first_rows: [2] },
      { kind: 'title', name: 'First Aid', row_count: 2, first_rows: [2, 3] },
    ])
    expect(await importRow(world.db, importId)).toMatchObject({ phase: 'validate', records: 2 })
  })

  test('blank lines are no records, and the rows below them keep the row numbers of the spreadsheet', async () => {
    const text = csv([person(1)]) + '\n,,,,,,,,,,\n'.repeat(2) + csv([person(2)]).split('\n')[1]
    const importId = await world.givenFile(text)
    expect(await world.run('parseFile', { importId })).toMatchObject({ records: 2, lastRow: 7 })
    expect((await stagedRows(importId)).map((row) => row.row_no)).toEqual([2, 7])
  })

  test('a row with too many cells has an error, and the others are read', async () => {
    const text = `${csv([person(1)])}1,too,many,cells@people.example,Blue Harbour,,en-GB,,,,,,,surplus\n${csv([person(2)]).split('\n')[1]}`
    const importId = await world.givenFile(text)
    expect(await world.run('parseFile', { importId })).toMatchObject({ rejected: false, records: 3 })
    const errors = await rowErrors(world.db, importId)
    expect(errors).toHaveLength(1)
    expect(errors[0]?.row).toBe(3)
    expect(errors[0]?.errors[0]).toMatchObject({ column: null, code: expect.any(String), message: expect.any(String) })
  })

  test('every error of a row is reported with its column and value', async () => {
    const importId = await world.givenFile(csv([person(1, { enabled: 'yes', email: 'nobody', languageCode: '' })]))
    await world.run('parseFile', { importId })
    const [row] = await rowErrors(world.db, importId)
    expect(row?.errors.map(({ column, code, value }) => ({ column, code, value }))).toEqual(
      expect.arrayContaining([
        { column: 'enabled', code: 'invalid-enabled', value: 'yes' },
        { column: 'email', code: 'invalid-email', value: 'nobody' },
        { column: 'languageCode', code: 'missing-value', value: null },
      ]),
    )
    expect(row?.errors).toHaveLength(3)
  })

  test('the fields with a column in the file are recorded', async () => {
    const header = ['enabled', 'name', 'email', 'companyName', 'languageCode', 'region']
    const importId = await world.givenFile(csv([person(1)], header))
    await world.run('parseFile', { importId })
    const { fields } = await importRow(world.db, importId)
    expect([...fields].sort()).toEqual(['company', 'email', 'enabled', 'firstName', 'language', 'region'])
  })
})

describe('FORMATS: matched columns', () => {
  const headers = 'Mail;Vorname;Firma;Schuhgröße;Gruppen;Kurs;Telefon'
  const mapping = {
    email: 'Mail',
    firstName: 'Vorname',
    company: 'Firma',
    groups: 'Gruppen',
    'custom.shoeSize': 'Schuhgröße',
    'title 1': 'Kurs',
  }

  beforeAll(async () => {
    await world.db.insertInto('custom_fields').values({ key: 'shoeSize', label: 'Shoe size', type: 'number' }).execute()
  })

  const refs = (importId: string) =>
    world.db
      .selectFrom('import_refs')
      .where('import_id', '=', importId)
      .select(['kind', 'name', 'row_count'])
      .orderBy('ref')
      .execute()

  test('matched columns are read, custom fields by type and groups by name, and other columns are not imported', async () => {
    const rows = [
      'a@people.example;Zoë;Blue Harbour;38,5;Spring / Welders;First Aid;1',
      'b@people.example;;Blue Harbour;;;;2',
    ]
    const importId = await world.givenFile([headers, ...rows].join('\n'), { template: 'none', mapping })
    expect(await world.run('parseFile', { importId })).toMatchObject({ rejected: false, records: 2 })
    const [first, second] = await stagedRows(importId)
    expect(first).toMatchObject({ first_name: 'Zoë', custom: { shoeSize: 38.5 }, enabled: null, errors: null })
    expect(first?.groups).toHaveLength(2)
    expect(second).toMatchObject({ first_name: null, custom: {}, groups: [], titles: [], errors: null })
    expect(await refs(importId)).toEqual([
      { kind: 'company', name: 'Blue Harbour', row_count: 2 },
      { kind: 'title', name: 'First Aid', row_count: 1 },
      { kind: 'group', name: 'Spring', row_count: 1 },
      { kind: 'group', name: 'Welders', row_count: 1 },
    ])
    const { fields } = await importRow(world.db, importId)
    expect(fields).toEqual(expect.arrayContaining(['email', 'groups', 'custom.shoeSize']))
    expect(fields).not.toContain('lastName')
  })

  test('an invalid value of a custom field is an error of its row', async () => {
    const importId = await world.givenFile(`${headers}\na@people.example;Zoë;Blue Harbour;big;;;`, {
      template: 'none',
      mapping,
    })
    await world.run('parseFile', { importId })
    const [row] = await rowErrors(world.db, importId)
    expect(row?.errors).toMatchObject([{ column: 'Schuhgröße', code: 'invalid-number', value: 'big' }])
  })

  test('rows that name no company get the company of the import', async () => {
    const options = { company: world.ids.company('North Wind') }
    const text = 'first_name,last_name,e-mail,groups\nZoë,,zoe@people.example,\n'
    const importId = await world.givenFile(text, { template: 'invitation', options })
    expect(await world.run('parseFile', { importId })).toMatchObject({ rejected: false, records: 1 })
    expect(await refs(importId)).toEqual([{ kind: 'company', name: 'North Wind', row_count: 1 }])
    expect((await stagedRows(importId))[0]).toMatchObject({ first_name: 'Zoë', last_name: null, errors: null })
  })

  test.each([
    [{ ...mapping, email: 'E-Mail' }, [{ field: 'email', header: 'E-Mail', reason: 'unknown-header' }]],
    [{ firstName: 'Vorname' }, [{ field: 'email', header: null, reason: 'missing-field' }]],
  ])('unknown headers and missing fields of a mapping reject the file: %j', async (wrong, errors) => {
    const text = `${headers}\na@people.example;Zoë;Blue Harbour;38;;;`
    const importId = await world.givenFile(text, { template: 'none', mapping: wrong })
    expect(await world.run('parseFile', { importId })).toMatchObject({ rejected: true })
    const { problem } = await importRow(world.db, importId)
    expect(problem).toMatchObject({ code: 'invalid-mapping', status: 422, mapping: errors })
  })
})

describe('FORMATS: team', () => {
  test('a team file is read, and its rows have no company', async () => {
    const text = 'First name,Last name,Email,Description\nZoë,Kovács,zoe@people.example,"Head, training"\n'
    const importId = await world.givenFile(text, { template: 'team' })
    await world.run('parseFile', { importId })
    expect((await stagedRows(importId))[0]).toMatchObject({
      first_name: 'Zoë',
      description: 'Head, training',
      company_ref: null,
      errors: null,
    })
  })

  test('a team file with columns in another order is rejected with the expected column order', async () => {
    const text = 'Last name,First name,Email,Description\nKovács,Zoë,zoe@people.example,\n'
    const importId = await world.givenFile(text, { template: 'team' })
    expect(await world.run('parseFile', { importId })).toMatchObject({ rejected: true })
    const { problem } = await importRow(world.db, importId)
    expect(problem?.detail).toContain('Column A is “Last name” where “First name” belongs.')
  })
})

describe('a rejected file', () => {
  test('all wrong headers are reported at once, and nothing is staged', async () => {
    const header = onboardingHeader.map(
      (name) => ({ companyName: 'companyname', region: 'shoe size' })[name as string] ?? name,
    )
    const wrong = [...header.filter((name) => name !== 'languageCode'), 'email']
    const importId = await world.givenFile(csv([person(1)], wrong))
    const result = await world.run('parseFile', { importId })
    expect(result).toMatchObject({ rejected: true, problem: { code: 'invalid-headers' } })
    const { status, problem } = await importRow(world.db, importId)
    expect(status).toBe('rejected')
    expect(problem).toMatchObject({ code: 'invalid-headers', status: 422 })
    expect(problem?.headers).toEqual([
      { found: 'companyname', expected: 'companyName', column: 'E', reason: 'spelling' },
      { found: 'shoe size', expected: null, column: 'H', reason: 'unknown' },
      { found: 'email', expected: 'email', column: 'K', reason: 'duplicate' },
      { found: null, expected: 'languageCode', column: null, reason: 'missing' },
    ])
    expect(await stagedRows(importId)).toEqual([])
  })

  test.each([
    ['a header and nothing below it', csv([]), 'no-records'],
    ['a header and blank lines', `${csv([])}\n\n,,,,,,,,,,\n`, 'no-records'],
    ['nothing at all', '', undefined],
  ])('a file of %s is rejected', async (_, text, code) => {
    const importId = await world.givenFile(text)
    const result = await world.run('parseFile', { importId })
    expect(result).toMatchObject({ rejected: true, records: 0 })
    if (code) expect(result.problem?.code).toBe(code)
    expect(await importRow(world.db, importId)).toMatchObject({ status: 'rejected', phase: 'done' })
  })
})

describe('a failure', () => {
  const fileOf = async (importId: string) => (await importRow(world.db, importId)).file_id

  test('a stored file with changed bytes is not imported', async () => {
    const importId = await world.givenFile(csv(people(3)))
    await world.db
      .updateTable('file_chunks')
      .set({ bytes: Buffer.from(csv(people(3)).replace('Quillon1', 'Quillon9')) })
      .where('file_id', '=', await fileOf(importId))
      .execute()
    await expect(world.run('parseFile', { importId })).rejects.toMatchObject({ type: 'FileGone', nonRetryable: true })
    expect(await stagedRows(importId)).toEqual([])
  })

  test('a stored workbook with a change in an unread part is not imported', async () => {
    const picture = { name: 'xl/media/image.bin', content: 'a picture' }
    const header = onboardingHeader.map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`).join('')
    const file = sheet(`<row>${header}</row><row><c><v>1</v></c></row>`, { parts: [picture] })
    const importId = await world.givenFile(file)
    await world.db
      .updateTable('file_chunks')
      .set({ bytes: file.fill('b', file.lastIndexOf('xl/media'), file.lastIndexOf('xl/media') + 1) })
      .where('file_id', '=', await fileOf(importId))
      .execute()
    await expect(world.run('parseFile', { importId })).rejects.toMatchObject({ type: 'FileGone', nonRetryable: true })
    expect(await stagedRows(importId)).toEqual([])
  })

  test('a missing stored file is a permanent failure', async () => {
    const importId = await world.givenFile(csv(people(3)))
    await world.db
      .updateTable('files')
      .set({ state: 'uploading' })
      .where('id', '=', await fileOf(importId))
      .execute()
    await expect(world.run('parseFile', { importId })).rejects.toMatchObject({ type: 'FileGone', nonRetryable: true })
  })

  test('a stored file without its bytes is a permanent failure, not an empty file', async () => {
    const importId = await world.givenFile(csv(people(3)))
    await world.db
      .deleteFrom('file_chunks')
      .where('file_id', '=', await fileOf(importId))
      .execute()
    await expect(world.run('parseFile', { importId })).rejects.toMatchObject({ type: 'FileGone', nonRetryable: true })
  })

  test('parsing twice stages each row once and returns the same result', async () => {
    const importId = await world.givenFile(csv(people(50)))
    const first = await world.run('parseFile', { importId })
    const rows = await stagedRows(importId)
    expect(await world.run('parseFile', { importId })).toEqual(first)
    expect(await stagedRows(importId)).toEqual(rows)
    expect(rows).toHaveLength(50)
  })

  test('an attempt deletes the rows that a broken attempt staged', async () => {
    const importId = await world.givenFile(csv(people(5)))
    await world.db
      .insertInto('import_rows')
      .values({ import_id: importId, row_no: 99, first_name: 'left over' })
      .execute()
    await world.run('parseFile', { importId })
    expect((await stagedRows(importId)).map((row) => row.row_no)).toEqual([2, 3, 4, 5, 6])
  })

  test('an attempt that is stuck in its transaction is terminated by the next one', async () => {
    const importId = await world.givenFile(csv(people(5)))
    const stuck = new pg.Client({ connectionString: world.url })
    const ended = new Promise<string | undefined>((resolve) =>
      stuck.on('error', (error: Error & { code?: string }) => resolve(error.code)),
    )
    await stuck.connect()
    await stuck.query('BEGIN')
    await stuck.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [0x4d555354, importId])
    await stuck.query('INSERT INTO import_rows (import_id, row_no) VALUES ($1, 2)', [importId])
    expect(await world.run('parseFile', { importId })).toMatchObject({ rejected: false, records: 5 })
    expect(await ended).toBe('57P01')
    await stuck.end().catch(() => undefined)
  })

  test('reading one import does not terminate the session of another import', async () => {
    const [mine, other] = [await world.givenFile(csv(people(5))), await world.givenFile(csv(people(5)))]
    const busy = new pg.Client({ connectionString: world.url })
    await busy.connect()
    await busy.query('BEGIN')
    await busy.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [0x4d555354, other])
    await world.run('parseFile', { importId: mine })
    const { rows } = await busy.query('SELECT 1 AS alive')
    expect(rows).toEqual([{ alive: 1 }])
    await busy.end()
  })

  test('a cancelled attempt stages nothing', async () => {
    const importId = await world.givenFile(csv(people(20)))
    const environment = activityEnvironment()
    environment.cancel()
    await expect(world.run('parseFile', { importId }, environment)).rejects.toBeInstanceOf(CancelledFailure)
    expect(await stagedRows(importId)).toEqual([])
    expect(await importRow(world.db, importId)).toMatchObject({ phase: 'receive', records: null })
  })

  test('an error in the workflow history contains no cell of the file', async () => {
    const importId = await world.givenFile(csv(people(3, () => ({ region: 'Atlantis' }))))
    await world.pool.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'no % for %', NEW.region, NEW.email USING ERRCODE = '23514'; END $$`)
    await world.pool.query('CREATE TRIGGER refuse BEFORE INSERT ON import_rows FOR EACH ROW EXECUTE FUNCTION refuse()')
    try {
      const failure = await world.run('parseFile', { importId }).then(
        () => expect.fail('The trigger refuses every row.'),
        (error: Error) => error,
      )
      expect(failure).toMatchObject({ type: 'DatabaseRefused', nonRetryable: true })
      const kept = [failure.message, JSON.stringify(failure), String(failure.cause)].join()
      expect(kept).not.toMatch(/Atlantis|people\.example|Quillon|Marwick/)
      expect(failure.message).toContain('23514')
    } finally {
      await world.pool.query('DROP TRIGGER refuse ON import_rows; DROP FUNCTION refuse')
    }
  })
})
