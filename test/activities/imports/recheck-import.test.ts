import { afterAll, beforeAll, expect, test } from 'vitest'
import { finalStatuses, importStatuses } from '../../../domain/imports/states.ts'
import { importRow } from '../../support/dump.ts'
import { csv, people, person } from '../../support/people.ts'
import { importWorld, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await importWorld()
})
afterAll(() => world.close())

const wrong = () => csv([person(1, { 'module requested 1': 'Nothing like it' })])

/** An import whose file was parsed and validated. */
async function checked(text = wrong(), options = {}): Promise<string> {
  const importId = await world.givenFile(text, { options })
  await world.run('moveImport', { importId, check: 1, status: 'parsing', phase: 'parse' })
  await world.run('parseFile', { importId })
  await world.run('moveImport', { importId, check: 1, status: 'validating', phase: 'validate' })
  await world.run('validateRows', { importId })
  return importId
}

const staged = async (importId: string) =>
  (await world.db.selectFrom('import_rows').where('import_id', '=', importId).select('row_no').execute()).length

test('a recheck takes a rejected import back to its beginning and deletes what the last check found', async () => {
  const importId = await checked()
  const before = await importRow(world.db, importId)
  expect(before).toMatchObject({ status: 'rejected', phase: 'done', checks: 1 })
  await world.db
    .updateTable('imports')
    .set({ report_sent_at: new Date(), cancel_requested_at: new Date(), workflow_started_at: before.created_at })
    .where('id', '=', importId)
    .execute()
  await world.run('recheckImport', { importId, check: 1 })
  expect(await importRow(world.db, importId)).toMatchObject({
    ...before,
    status: 'received',
    phase: 'receive',
    checks: 2,
    records: null,
    fields: [],
    detection: null,
    company_names: [],
    plan: null,
    problem: null,
    finished_at: null,
    report_sent_at: null,
    cancel_requested_at: null,
    workflow_started_at: before.created_at,
    updated_at: expect.any(Date),
  })
  expect(await staged(importId)).toBe(0)
})

test('a recheck that is repeated after its commit changes nothing more', async () => {
  const importId = await checked()
  await world.run('recheckImport', { importId, check: 1 })
  await world.run('parseFile', { importId })
  await world.run('recheckImport', { importId, check: 1 })
  expect(await importRow(world.db, importId)).toMatchObject({ phase: 'validate', checks: 2 })
  expect(await staged(importId)).toBe(1)
})

test('a late attempt of the last check changes nothing of a recheck', async () => {
  const importId = await checked()
  await world.run('recheckImport', { importId, check: 1 })
  await world.run('finishImport', { importId, check: 1, status: 'rejected', failure: null })
  await world.run('moveImport', { importId, check: 1, status: 'validating', phase: 'validate' })
  expect(await importRow(world.db, importId)).toMatchObject({ status: 'received', phase: 'receive' })
  await world.run('finishImport', { importId, check: 2, status: 'cancelled', failure: null })
  expect(await importRow(world.db, importId)).toMatchObject({ status: 'cancelled' })
})

const unchanged = importStatuses.filter((status) => status !== 'rejected' && status !== 'review')

test.each(unchanged)('a recheck leaves an import that is %s unchanged', async (status) => {
  const importId = await checked(csv(people(2)))
  const phase = (finalStatuses as readonly string[]).includes(status) ? 'done' : 'apply'
  await world.db.updateTable('imports').set({ status, phase }).where('id', '=', importId).execute()
  const before = await importRow(world.db, importId)
  await world.run('recheckImport', { importId, check: 1 })
  expect(await importRow(world.db, importId)).toEqual(before)
  expect(await staged(importId)).toBe(2)
})

test.each([
  ['confirmed_at', false],
  ['cancel_requested_at', false],
  [null, true],
] as const)('a recheck of an import in review with %s set starts: %s', async (column, again) => {
  const importId = await checked(csv(people(2)), { review: true })
  await world.run('moveImport', { importId, check: 1, status: 'review', phase: 'review' })
  if (column) {
    await world.db
      .updateTable('imports')
      .set({ [column]: new Date() })
      .where('id', '=', importId)
      .execute()
  }
  await world.run('recheckImport', { importId, check: 1 })
  expect((await importRow(world.db, importId)).checks).toBe(again ? 2 : 1)
})

test('a recheck of a completed dry run starts', async () => {
  const importId = await checked(csv(people(2)), { dryRun: true })
  await world.run('finishImport', { importId, check: 1, status: 'completed', failure: null })
  await world.run('recheckImport', { importId, check: 1 })
  expect(await importRow(world.db, importId)).toMatchObject({ status: 'received', phase: 'receive', checks: 2 })
})
