import { afterAll, beforeAll, expect, test } from 'vitest'
import { undisturbed } from '../support/import-service.ts'
import { csv, people } from '../support/people.ts'
import { type Sink, startSink } from '../support/servers/smtp-sink.ts'
import { startStack, type TestStack } from '../support/servers/stack-run.ts'
import { addCatalogue, completed, type Door, doorOf } from './door.ts'
import { differences, endOf, mailedTo, unlikeCopies } from './ends.ts'
import { holdTable, kill } from './faults.ts'

const ROWS = 3_000
const LATER = 200

const file = csv(people(ROWS, (n) => ({ enabled: n % 5 ? '0' : '1', 'module requested 1': 'First Aid' })))
const later = csv(people(LATER, () => ({ 'module requested 1': 'Data Protection' }), ROWS + 1))

let sink: Sink
let stack: TestStack
let door: Door

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

test('an import continues by itself after Postgres is killed before each of two commits of a batch', async () => {
  const { databaseUrl } = stack.info
  const first = await holdTable(databaseUrl, 'users')
  const { id } = await door.upload(file)
  await first.reached(1)
  await kill(stack, 'postgres')
  await first.release()
  const second = await holdTable(databaseUrl, 'import_batches')
  await second.reached(1)
  await kill(stack, 'postgres')
  await second.release()

  const { counts } = await door.until(id, completed)
  expect(counts).toMatchObject({ records: ROWS, created: ROWS, assignments: ROWS })
  expect(counts.emails).toEqual({ queued: 0, sent: ROWS / 5, failed: 0 })
}, 200_000)

test('an upload is accepted while Temporal does not respond, and runs when Temporal responds again', async () => {
  const { temporal } = (await stack.read()).pids
  process.kill(temporal!, 'SIGSTOP')
  let id: string
  try {
    const taken = await door.upload(later)
    id = taken.id
    expect(taken.status).toBe('received')
    expect(await door.get(`/v1/imports/${id}`)).toMatchObject({ status: 'received', counts: { created: 0 } })
  } finally {
    process.kill(temporal!, 'SIGCONT')
  }
  const { counts } = await door.until(id, completed)
  expect(counts).toMatchObject({ created: LATER, emails: { queued: 0, sent: LATER, failed: 0 } })
}, 200_000)

test('the database ends as after undisturbed imports', async () => {
  expect(differences(await endOf(stack.info.databaseUrl), await undisturbed(file, later))).toEqual([])
  const mails = mailedTo(sink)
  expect(mails.size).toBe(ROWS / 5 + LATER)
  expect([...mails.values()].filter((copies) => copies.length > 1)).toEqual([])
  expect(unlikeCopies(sink)).toEqual([])
}, 60_000)
