import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filterTests } from '../../../db/people/find/people-filter.ts'
import { users } from '../../../db/people/target.ts'
import { apiWorld, type World } from '../../support/api-world.ts'
import { twoCompanies } from '../../support/catalogue.ts'
import { bodyOf, everyItem } from './pages.ts'

let world: World
let all: Awaited<ReturnType<typeof twoCompanies>>

/** Adds 250 users. Every fifth is an invitation, and every second belongs to Red Hill. */
beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
  for (const [table, which] of [
    ['users', 'n % 5 <> 0'],
    ['invitations', 'n % 5 = 0'],
  ] as const) {
    await sql`INSERT INTO ${sql.table(table)} (id, email, email_key, first_name, company_id, language, enabled)
      SELECT uuidv7(make_interval(secs => n)), 'p' || n || '@example.com', 'p' || n || '@example.com', 'Person',
        CASE WHEN n % 2 = 0 THEN ${all.blue.company}::uuid ELSE ${all.red.company}::uuid END, 'en', n % 25 <> 1
      FROM generate_series(1, 250) n WHERE ${sql.raw(which)}`.execute(world.db)
  }
})
afterAll(() => world.close())

const answer = (path: string, client = all.platform) => bodyOf(client, path)
const idsOf = (items: { id: string }[]) => items.map(({ id }) => id)

const everyId = async (filter: string, client = all.platform) =>
  idsOf(await everyItem(client, `/v1/users?${filter}&limit=200`))

const filters = [
  '',
  'status=active',
  'status=pending',
  'status=invited',
  'status=disabled',
  'q=person',
  'q=p1',
  'firstName=Nobody',
]

describe('users of one status', () => {
  test.each(['active', 'pending', 'disabled'] as const)(
    'users with the status %s are found through an index',
    async (status) => {
      const tests = filterTests({ status }, users, null)
      const plan = await world.db.transaction().execute(async (trx) => {
        // With few users, the planner would scan the table even when an index exists.
        await sql`SET LOCAL enable_seqscan = off`.execute(trx)
        const { rows } = await sql<Record<string, string>>`
        EXPLAIN SELECT person.id FROM users person
        WHERE ${sql.join(tests, sql` AND `)} ORDER BY person.id LIMIT 100`.execute(trx)
        return rows.map((row) => row['QUERY PLAN']).join('\n')
      })
      expect(plan).toContain(`users_${status}`)
    },
  )
})

describe('the number of users', () => {
  test.each(filters)('the count for “%s” is the number of users in the list', async (filter) => {
    expect((await answer(`/v1/users/count?${filter}`)).count).toBe((await everyId(filter)).length)
  })

  test('the count covers only the companies of the key, with any filter', async () => {
    const own = await everyId('', all.red.client)
    expect((await answer('/v1/users/count', all.red.client)).count).toBe(own.length)
    expect((await answer(`/v1/users/count?company=${all.blue.company}`, all.red.client)).count).toBe(0)
    expect((await answer('/v1/users/count', all.platform)).count).toBeGreaterThan(own.length)
  })

  test('a count with an unknown filter is rejected', async () => {
    expect((await all.platform.get('/v1/users/count?company=blue')).status).toBe(422)
  })
})

describe('a place in the list of users', () => {
  test.each(filters)('a cursor of the count and an offset reach every place for “%s”', async (filter) => {
    for (const client of [all.platform, all.blue.client]) {
      const ids = await everyId(filter, client)
      const { count, cursors } = await answer(`/v1/users/count?${filter}&every=100`, client)
      expect([count, cursors.length]).toEqual([ids.length, Math.floor(ids.length / 100)])
      for (const at of [0, 7, 100, 150, 219, ids.length - 1].filter(
        (place) => place >= 0 && (place < ids.length || place === 0),
      )) {
        const cursor = at < 100 ? '' : `&cursor=${cursors[Math.floor(at / 100) - 1]}`
        const page = await answer(`/v1/users?${filter}&limit=30&offset=${at % 100}${cursor}`, client)
        expect(idsOf(page.items)).toEqual(ids.slice(at, at + 30))
        expect(page.next === null).toBe(at + 30 >= ids.length)
      }
    }
  })

  test('a place after the end of the list is empty', async () => {
    expect(await answer('/v1/users?offset=5000')).toEqual({ items: [], next: null })
  })

  test('an offset over the limit is rejected, so that a page costs no more than the distance between two cursors', async () => {
    expect((await all.platform.get('/v1/users?offset=10001')).status).toBe(422)
    expect((await all.platform.get('/v1/users/count?every=99')).status).toBe(422)
  })
})
