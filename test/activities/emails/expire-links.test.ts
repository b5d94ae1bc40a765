import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createExpireLinks } from '../../../activities/emails/expire-links.ts'
import type { ExpireLinksResult } from '../../../activities/types.ts'
import { openDatabase, type TestDatabase } from '../../support/database.ts'
import { activityEnvironment, invite } from '../../support/mail-world.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

const sweep = (mailingId: string) =>
  activityEnvironment().run(createExpireLinks({ db: database.db }), { mailingId }) as Promise<ExpireLinksResult>

/** A mailing in which every third link was used and every third is overdue. */
async function mailing(count: number) {
  const { mailingId } = await invite(database.db, count)
  await sql`INSERT INTO activation_links (id, person_id, token_hash, expires_at, used_at)
    SELECT id, person_id, sha256(id::text::bytea), clock_timestamp() + CASE n % 3 WHEN 0 THEN interval '-1 second'
      ELSE interval '2 hours' END, CASE n % 3 WHEN 1 THEN now() END
    FROM (SELECT id, person_id, row_number() OVER (ORDER BY id) AS n FROM outbox WHERE mailing_id = ${mailingId}) o`.execute(
    database.db,
  )
  return mailingId
}

test('a sweep expires the overdue links of its mailing and no others', async () => {
  const mailingId = await mailing(30)
  const other = await mailing(30)
  const first = await sweep(mailingId)
  expect(first.expired).toBe(10)
  expect(first.nextInMs! / 3_600_000).toBeCloseTo(2, 2)
  expect(await sweep(mailingId)).toMatchObject({ expired: 0 })
  expect((await sweep(other)).expired).toBe(10)
})

test('two sweeps at once expire each overdue link of a large mailing once', async () => {
  const mailingId = await mailing(12_000)
  const results = await Promise.all([sweep(mailingId), sweep(mailingId)])
  expect(results.reduce((sum, result) => sum + result.expired, 0)).toBe(4_000)
})

test('a sweep returns no next time when no link is left', async () => {
  const mailingId = await mailing(3)
  await sql`UPDATE activation_links SET expires_at = clock_timestamp() - interval '1 hour'`.execute(database.db)
  expect(await sweep(mailingId)).toEqual({ expired: 2, nextInMs: null })
})

test('the next sweep is at least a minute away, even if a link expires in three seconds', async () => {
  const mailingId = await mailing(3)
  await sql`UPDATE activation_links SET expires_at = clock_timestamp() + interval '3 seconds' WHERE used_at IS NULL`.execute(
    database.db,
  )
  expect((await sweep(mailingId)).nextInMs).toBe(60_000)
})
