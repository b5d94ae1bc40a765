import { afterAll, beforeAll, expect, test } from 'vitest'
import { undisturbed } from '../support/import-service.ts'
import { csv, people } from '../support/people.ts'
import { type Sink, startSink } from '../support/servers/smtp-sink.ts'
import { startStack, type TestStack } from '../support/servers/stack-run.ts'
import { addCatalogue, completed, type Door, doorOf } from './door.ts'
import { differences, endOf, mailedTo, unlikeCopies } from './ends.ts'
import { holdTable, kill } from './faults.ts'

const ROWS = 4_000
/** The number of e-mails that are sent when Temporal is killed for the second time. */
const SOME = 1_000

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

test('an import continues by itself after Temporal is killed while it writes, and again while it sends', async () => {
  const file = csv(people(ROWS, (n) => ({ 'module requested 1': 'First Aid', job_role: `Role ${n % 9}` })))
  let killed: Promise<void> | undefined
  sink.script.dot = () => {
    if (sink.journal.length === SOME) killed = kill(stack, 'temporal')
    return 'ok'
  }
  const writing = await holdTable(stack.info.databaseUrl, 'import_batches')
  const { id } = await door.upload(file)
  await writing.reached(1)
  await kill(stack, 'temporal')
  await writing.release()

  const { counts } = await door.until(id, completed)
  await killed
  expect(killed).toBeDefined()
  expect(counts).toMatchObject({ records: ROWS, created: ROWS, assignments: ROWS, updated: 0, skipped: 0, invalid: 0 })
  expect(counts.emails).toEqual({ queued: 0, sent: ROWS, failed: 0 })
  expect(differences(await endOf(stack.info.databaseUrl), await undisturbed(file))).toEqual([])
}, 200_000)

test('each user gets exactly one e-mail, because the worker that sends them was not killed', () => {
  const mails = mailedTo(sink)
  expect(mails.size).toBe(ROWS)
  expect([...mails.values()].filter((copies) => copies.length > 1)).toEqual([])
  expect(unlikeCopies(sink)).toEqual([])
})
