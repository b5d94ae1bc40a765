import { afterAll, beforeAll, expect, test } from 'vitest'
import { BATCH_ROWS } from '../../domain/imports/limits.ts'
import { undisturbed } from '../support/import-service.ts'
import { csv, people, type Row } from '../support/people.ts'
import { type Sink, startSink } from '../support/servers/smtp-sink.ts'
import { startStack, type TestStack } from '../support/servers/stack-run.ts'
import { addCatalogue, completed, type Door, doorOf } from './door.ts'
import { differences, type End, endOf, mailedTo, unlikeCopies } from './ends.ts'
import { holdCourse, holdTable, kill } from './faults.ts'

/** Two batches, which run at the same time. */
const ROWS = 2 * BATCH_ROWS
const update = { existing: 'update', enrolExisting: true } as const

const before = csv(people(400, (n) => ({ enabled: '0', job_role: `Before ${n}`, 'module requested 1': 'First Aid' })))
const file = csv(people(ROWS, mixed))

let sink: Sink
let stack: TestStack
let door: Door
let expected: End

beforeAll(async () => {
  sink = await startSink()
  stack = await startStack({ env: { SMTP_URL: sink.url } })
  door = doorOf(stack.info)
  await addCatalogue(door)
})

afterAll(async () => {
  await stack?.stop()
  await sink?.close()
})

test('an import of 20,000 rows ends as if undisturbed after the worker is killed three times while it writes', async () => {
  const earlier = await door.upload(before)
  await door.until(earlier.id, completed)

  const beforeWriting = await holdTable(stack.info.databaseUrl, 'users')
  const { id } = await door.upload(file, update)
  await beforeWriting.reached(2)
  expect(await door.get(`/v1/imports/${id}`)).toMatchObject({ status: 'applying', counts: { created: 0, updated: 0 } })
  await kill(stack, 'worker')
  await beforeWriting.release()

  const beforeCommit = await holdTable(stack.info.databaseUrl, 'import_batches')
  await beforeCommit.reached(2)
  await kill(stack, 'worker')
  await beforeCommit.release()

  const between = await holdCourse(stack.info.databaseUrl, 'Data Protection')
  await between.reached(1)
  const half = await door.until(id, ({ counts }) => counts.created > 0)
  expect(half.counts.created + half.counts.updated + half.counts.skipped).toBeLessThan(BATCH_ROWS)
  await kill(stack, 'worker')
  await between.release()

  const ended = await door.until(id, completed)
  expected = await undisturbed(before, { text: file, given: { options: update } })
  expect(differences(await endOf(stack.info.databaseUrl), expected)).toEqual([])
  const { counts } = ended
  expect(counts.created + counts.updated + counts.skipped + counts.invalid).toBe(ROWS)
  expect(counts).toMatchObject({ records: ROWS, invalid: 40, emails: { queued: 0, failed: 0 } })
  const { outcomes, enrolments } = expected
  const count = (outcome: string) => outcomes.filter((row) => (row as { outcome: string }).outcome === outcome).length
  // The earlier file created 400 people and enrolled each in one course.
  expect(counts).toMatchObject({
    created: count('created') - 400,
    updated: count('updated'),
    skipped: count('skipped'),
  })
  expect(counts.assignments).toBe(enrolments.length - 400)
  expect(counts.emails.sent).toBe(expected.outbox.length)
}, 300_000)

test('each new user gets one e-mail, and no other user gets any', () => {
  const mails = mailedTo(sink)
  const wanted = expected.outbox.map((row) => (row as { email_key: string }).email_key)
  expect([...mails.keys()].sort()).toEqual([...wanted].sort())
  expect([...mails.values()].filter((copies) => copies.length > 1)).toEqual([])
  expect(unlikeCopies(sink)).toEqual([])
})

test('the API returns the outcome of each row', async () => {
  const { items } = await door.get<{ items: { id: string }[] }>('/v1/imports?limit=1')
  const outcomes: [number, string][] = []
  let cursor = ''
  do {
    const page = await door.get<{ items: { row: number; outcome: string }[]; next: string | null }>(
      `/v1/imports/${items[0]!.id}/rows?limit=1000${cursor}`,
    )
    outcomes.push(...page.items.map(({ row, outcome }): [number, string] => [row, outcome]))
    cursor = page.next === null ? '' : `&cursor=${encodeURIComponent(page.next)}`
  } while (cursor)
  const written = (expected.outcomes as { row_no: number; outcome: string }[]).slice(400)
  const refused = (expected.refused as { row_no: number }[]).map(({ row_no }): [number, string] => [row_no, 'invalid'])
  const all = [...written.map(({ row_no, outcome }): [number, string] => [row_no, outcome]), ...refused]
  expect(outcomes).toEqual(all.sort(([a], [b]) => a - b))
})

/** Updated, unchanged and invalid rows. Every tenth user gets an e-mail. One course is in the second batch only. */
function mixed(n: number): Row {
  const northWind = n > 400 && n % 3 === 0
  return {
    enabled: n % 500 === 7 ? 'yes' : n % 10 === 0 && n > 400 ? '1' : '0',
    companyName: northWind ? 'North Wind' : 'Blue Harbour',
    cohortName: northWind ? 'Welders' : n % 2 ? 'Spring 2026' : '',
    job_role: n <= 200 ? `Before ${n}` : `Role ${n % 50}`,
    region: n <= 200 ? '' : `Region ${n % 7}`,
    'module requested 1': 'safety - level 1',
    'module requested 2': northWind ? 'Welding' : n > BATCH_ROWS ? 'Data Protection' : 'First Aid',
  }
}
