import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { csv, person } from '../../support/people.ts'
import { importWorld, type World } from '../../support/world.ts'

let world: World
let other: pg.Client
beforeAll(async () => {
  world = await importWorld()
  other = new pg.Client({ connectionString: world.url })
  await other.connect()
})
afterAll(async () => {
  await other.end()
  await world.close()
})

/** Waits until the activity waits for the lock of `other`. */
async function untilItWaits(): Promise<void> {
  for (let looks = 0; looks < 1_000; looks++) {
    const { rows } = await other.query(
      `SELECT FROM pg_stat_activity, pg_sleep(0.01) WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    if (rows.length > 0) return
  }
  throw new Error('Nobody waits for the lock that this test holds.')
}

test.each(['parseFile', 'validateRows'] as const)(
  'a cancellation can be recorded at once while %s runs',
  async (activity) => {
    const importId = await world.givenFile(csv([person(1)]))
    if (activity === 'validateRows') await world.run('parseFile', { importId })
    await other.query('BEGIN')
    await other.query('LOCK TABLE import_refs IN ACCESS EXCLUSIVE MODE')
    const working = world.run(activity, { importId })
    await untilItWaits()
    await other.query(`SET LOCAL lock_timeout = '2s'`)
    await other.query('UPDATE imports SET cancel_requested_at = now() WHERE id = $1', [importId])
    await other.query('COMMIT')
    expect(await working).toMatchObject({ records: 1 })
  },
)
