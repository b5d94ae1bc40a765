import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Connections, createDatabase } from '../../../db/core/database.ts'
import { inTransaction } from '../../../db/core/transaction.ts'
import { closedCourses, enrolledCourses } from '../../../db/people/enrol.ts'
import { type FreshDatabase, freshDatabase } from '../../support/servers/cluster.ts'

const id = (n: number) => `01980000-0000-7000-8000-00000000000${n}`
const [company, fire, first, cyber, collection, campaign] = [1, 2, 3, 4, 5, 6].map(id) as [
  string,
  string,
  string,
  string,
  string,
  string,
]

let database: FreshDatabase
let connections: Connections

beforeAll(async () => {
  database = await freshDatabase()
  connections = createDatabase(database.url, { connections: 3 })
  await connections.pool.query(`
    INSERT INTO companies (id, name) VALUES ('${company}', 'Blue Harbour');
    INSERT INTO courses (id, title) VALUES ('${fire}', 'Fire safety'), ('${first}', 'First aid'), ('${cyber}', 'Cyber');
    INSERT INTO company_courses VALUES ('${company}', '${fire}'), ('${company}', '${first}');
    INSERT INTO collections (id, name) VALUES ('${collection}', 'Onboarding');
    INSERT INTO collection_courses VALUES ('${collection}', '${fire}'), ('${collection}', '${first}');
    INSERT INTO campaigns (id, name, starts_at, ends_at) VALUES ('${campaign}', 'Week', now(), now() + interval '7 days');
    INSERT INTO campaign_courses VALUES ('${campaign}', '${first}'), ('${campaign}', '${cyber}')`)
})

afterAll(async () => {
  await connections.pool.end()
  await database.drop()
})

const enrol = { courses: [fire], collections: [collection], campaigns: [campaign] }

it('a course that several options name is enrolled once, with the nearest reason', async () => {
  const { rows } = await sql`${enrolledCourses(enrol)}`.execute(connections.db)
  expect(rows).toEqual([
    { course_id: fire, collection_id: null, campaign_id: null },
    { course_id: first, collection_id: collection, campaign_id: null },
    { course_id: cyber, collection_id: null, campaign_id: campaign },
  ])
})

it('the courses that a company may not use are returned with the campaign that names them', async () => {
  await inTransaction(connections.db, async (trx) => {
    expect(await closedCourses(trx, company, enrol)).toEqual([{ course: cyber, collection: null, campaign }])
    expect(await closedCourses(trx, null, enrol)).toEqual([])
  })
})

it('a course cannot be withdrawn from a company before the transaction that checked it ends', async () => {
  const steps: string[] = []
  let withdrawal = Promise.resolve()
  await inTransaction(connections.db, async (trx) => {
    await closedCourses(trx, company, { courses: [fire], collections: [], campaigns: [] })
    withdrawal = connections.pool
      .query('DELETE FROM company_courses WHERE course_id = $1', [fire])
      .then(() => void steps.push('withdrawn'))
    await sleep(300)
    steps.push('checked')
  })
  await withdrawal
  expect(steps).toEqual(['checked', 'withdrawn'])
})
