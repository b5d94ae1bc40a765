import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningWorker } from '../../../../worker/run.ts'
import { apiWorld, type World } from '../../../support/api-world.ts'
import { twoCompanies } from '../../../support/catalogue.ts'
import { type Catalogue, startWorker, stopWorker, untilStatus } from '../../../support/imports.ts'
import { csv, person, type Row } from '../../../support/people.ts'
import { bodyOf, everyItem } from '../../people/pages.ts'

const COURSE = 'Safety at Blue Harbour'
const ROWS = 1_260

let world: World
let all: Catalogue
let worker: RunningWorker
/** An import with every outcome except `invited`, and one that invites. */
let created: string
let invited: string

/** Every third row has a course, every seventh an unknown company. */
const somebody = (n: number, prefix: string): Row => ({
  name: 'Ro',
  email: `${prefix}${n}@example.com`,
  companyName: n % 7 === 0 ? 'Nowhere' : 'Blue Harbour',
  ...(n % 3 === 0 ? { 'module requested 1': COURSE } : {}),
})
const people = (count: number, prefix: string, more: Row = {}) =>
  csv(Array.from({ length: count }, (_, n) => person(n + 1, { ...somebody(n + 1, prefix), ...more })))

async function done(file: string, options: object): Promise<string> {
  const { body } = await all.blue.client.upload(file, { options: JSON.stringify({ sendEmails: false, ...options }) })
  await untilStatus(all.platform, body.id, 'completed')
  return body.id
}

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
  worker = await startWorker(world)
  await done(people(150, 'row'), {})
  created = await done(people(ROWS, 'row', { region: 'North' }), { existing: 'update' })
  invited = await done(people(250, 'ina'), { mode: 'invite' })
})
afterAll(async () => {
  await stopWorker(worker)
  await world.close()
})

const answer = (path: string, client = all.platform) => bodyOf(client, path)
const numbersOf = (items: { row: number }[]) => items.map(({ row }) => row)

const filters = [
  '',
  'outcome=created',
  'outcome=updated',
  'outcome=skipped',
  'outcome=invalid',
  'outcome=invited',
  'with=courses',
  'with=courses&outcome=created',
  'with=courses&outcome=invalid',
]

describe.each(['of an import', 'of one that invites'])('a place in the rows %s', (which) => {
  const rowsPath = () => `/v1/imports/${which === 'of an import' ? created : invited}/rows`

  test.each(filters)('a cursor of the count and an offset reach every place in the rows for “%s”', async (filter) => {
    const rows = numbersOf(await everyItem(all.platform, `${rowsPath()}?${filter}&limit=500`))
    for (const client of [all.platform, all.blue.client]) {
      expect(await answer(`${rowsPath()}/count?${filter}`, client)).toEqual({ count: rows.length, cursors: [] })
      const { count, cursors } = await answer(`${rowsPath()}/count?${filter}&every=100`, client)
      expect([count, cursors.length]).toEqual([rows.length, Math.floor(rows.length / 100)])
      for (const at of [0, 7, 99, 100, 101, 219, 830, 1_002, rows.length - 1, rows.length].filter(
        (place) => place >= 0 && place <= rows.length,
      )) {
        const before = Math.min(Math.floor(at / 100), cursors.length)
        const cursor = before === 0 ? '' : `&cursor=${cursors[before - 1]}`
        const page = await answer(`${rowsPath()}?${filter}&limit=30&offset=${at - before * 100}${cursor}`, client)
        expect(numbersOf(page.items)).toEqual(rows.slice(at, at + 30))
        expect(page.next === null).toBe(at + 30 >= rows.length)
      }
    }
  })
})

describe('a place in the rows of an import', () => {
  test('the places of the test are among many rows of each kind', async () => {
    const count = async (id: string, filter: string) => (await answer(`/v1/imports/${id}/rows/count?${filter}`)).count
    expect(await count(created, '')).toBe(ROWS)
    expect(await count(created, 'outcome=created')).toBeGreaterThan(200)
    expect(await count(created, 'outcome=updated')).toBeGreaterThan(100)
    expect(await count(created, 'outcome=invalid')).toBe(ROWS / 7)
    expect(await count(invited, 'with=courses&outcome=invited')).toBeGreaterThan(50)
  })

  test('a place in the rows is rejected if its offset is larger than the distance between two cursors', async () => {
    expect((await all.platform.get(`/v1/imports/${created}/rows?offset=10001`)).status).toBe(422)
    expect((await all.platform.get(`/v1/imports/${created}/rows/count?every=99`)).status).toBe(422)
    expect((await all.platform.get(`/v1/imports/${created}/rows/count?outcome=lost`)).status).toBe(422)
  })

  test('a place in the rows is not found with the key of another company', async () => {
    expect((await all.red.client.get(`/v1/imports/${created}/rows/count`)).status).toBe(404)
    expect((await all.platform.get('/v1/imports/none/rows/count')).status).toBe(404)
  })
})
