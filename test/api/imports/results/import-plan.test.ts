import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningWorker } from '../../../../worker/run.ts'
import { apiWorld, type World } from '../../../support/api-world.ts'
import { twoCompanies } from '../../../support/catalogue.ts'
import { type Catalogue, startWorker, stopWorker, untilStatus } from '../../../support/imports.ts'

let world: World
let all: Catalogue
let worker: RunningWorker
let id: string

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
  worker = await startWorker(world)
  const file = [
    'enabled,name,email,companyName,languageCode,region,module requested 1',
    `1,=New,${crypto.randomUUID()}@example.com,Blue Harbour,hu,,Safety at Blue Harbour`,
    `1,Changed,${all.blue.email},Blue Harbour,de,North,Safety at Blue Harbour`,
    '2,Bad,bad@example.com,Blue Harbour,hu,,',
  ].join('\n')
  const options = '{"review":true,"existing":"update"}'
  const { body } = await all.platform.upload(file, { options })
  id = body.id
  await untilStatus(all.platform, id, 'review')
})
afterAll(async () => {
  await stopWorker(worker)
  await world.close()
})

const plan = async (query = '') => (await all.platform.get(`/v1/imports/${id}/plan${query}`)).body

test('the plan shows new users, old and new values of changes, e-mails and errors', async () => {
  const { items, next } = await plan()
  expect(next).toBeNull()
  expect(items).toMatchObject([
    { row: 2, action: 'create', user: null, changes: {}, courses: ['Safety at Blue Harbour'], sendsEmail: true },
    {
      row: 3,
      action: 'update',
      user: all.blue.user,
      changes: { firstName: { to: 'Changed' }, language: { to: 'de' }, region: { from: null, to: 'North' } },
      sendsEmail: false,
    },
    { row: 4, action: 'invalid', courses: [], sendsEmail: false, errors: [{ code: 'invalid-enabled' }] },
  ])
})

test('the plan has pages and a filter by action, and its counts match the import', async () => {
  const first = await plan('?limit=1')
  expect(first.items).toHaveLength(1)
  expect((await plan(`?limit=5&cursor=${first.next}`)).items.map(({ row }: { row: number }) => row)).toEqual([3, 4])
  expect((await plan('?action=update')).items.map(({ row }: { row: number }) => row)).toEqual([3])
  for (const gain of ['courses', 'email']) {
    expect(
      (await plan(`?with=${gain}`)).items.map(({ row }: { row: number }) => row),
      gain,
    ).toEqual([2])
  }
  const { body } = await all.platform.get(`/v1/imports/${id}`)
  expect(body.plan).toMatchObject({ create: 1, update: 1, skip: 0, invalid: 1, emails: 1 })
})

test('plan.csv contains no formula that a spreadsheet would run', async () => {
  const { body } = await all.platform.get(`/v1/imports/${id}/plan.csv`)
  const lines = body.trim().split('\r\n')
  expect(lines).toHaveLength(4)
  expect(lines[2]).toContain('region: (none) → North')
  expect(lines.slice(1).every((line: string) => /^\d+,/.test(line))).toBe(true)
})

test('the import applies the plan, which cannot be read afterwards', async () => {
  const planned = (await plan('?action=update')).items[0]
  await all.platform.post(`/v1/imports/${id}/confirm`)
  await untilStatus(all.platform, id, 'notifying')
  const user = (await all.platform.get(`/v1/users/${all.blue.user}`)).body
  for (const [field, { to }] of Object.entries<{ to: unknown }>(planned.changes)) expect(user[field], field).toBe(to)
  expect((await all.platform.get(`/v1/imports/${id}/plan`)).body).toMatchObject({ status: 409, code: 'no-plan' })
})

test('a plan is not found with the key of another company', async () => {
  expect((await all.red.client.get(`/v1/imports/${id}/plan`)).status).toBe(404)
})
