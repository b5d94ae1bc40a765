import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importWorkflowId } from '../../workflows/import-messages.ts'
import { undisturbed } from '../support/import-service.ts'
import { csv, people } from '../support/people.ts'
import { type Sink, startSink } from '../support/servers/smtp-sink.ts'
import { startStack, type TestStack } from '../support/servers/stack-run.ts'
import { addCatalogue, completed, type Door, doorOf } from './door.ts'
import { differences, endOf, mailedTo, unlikeCopies } from './ends.ts'
import { eventually, holdTable } from './faults.ts'

const ROWS = 2_000
const LATER = 2_500
/** The number of e-mails that are sent when the stack gets the signal to stop. */
const SENT_BEFORE_STOP = 500

const file = csv(people(ROWS, (n) => ({ enabled: n % 10 ? '0' : '1', 'module requested 1': 'First Aid' })))
const later = csv(people(LATER, (n) => ({ job_role: `Role ${n % 5}` }), ROWS + 1))

let sink: Sink
let env: { SMTP_URL: string; PUBLIC_URL: string }
let stack: TestStack
let door: Door

beforeAll(async () => {
  sink = await startSink()
  // The port changes at each start. The links in e-mails must not.
  env = { SMTP_URL: sink.url, PUBLIC_URL: 'https://muster.example' }
  stack = await startStack({ env })
  door = doorOf(stack.info)
  await addCatalogue(door)
})

afterAll(async () => {
  await stack?.stop()
  await sink?.close()
})

test('after an administrator terminates the workflow while it writes, resume starts a new run with the same end', async () => {
  const writing = await holdTable(stack.info.databaseUrl, 'import_batches')
  const { id } = await door.upload(file)
  await writing.reached(1)
  const connection = await Connection.connect({ address: stack.info.temporal })
  const workflow = new Client({ connection }).workflow.getHandle(importWorkflowId(id))
  const { runId } = await workflow.describe()
  await workflow.terminate('by mistake')
  expect(await door.get(`/v1/imports/${id}`)).toMatchObject({ status: 'applying', counts: { created: 0 } })
  expect((await door.decide(id, 'resume')).status).toBe(200)
  await writing.release()

  const { counts } = await door.until(id, completed)
  const last = await workflow.describe()
  await connection.close()
  expect(last.runId).not.toBe(runId)
  expect(counts).toMatchObject({ records: ROWS, created: ROWS, assignments: ROWS, updated: 0, skipped: 0 })
  expect(counts.emails).toEqual({ queued: 0, sent: ROWS / 10, failed: 0 })
}, 200_000)

test('a stack that is stopped while it sends continues at its next start on the same data', async () => {
  sink.journal.length = 0
  const { id } = await door.upload(later)
  await eventually(`${SENT_BEFORE_STOP} e-mails`, () => sink.journal.length >= SENT_BEFORE_STOP)
  await stack.stop({ keepData: true })
  const atStop = sink.journal.length
  expect(atStop).toBeLessThan(LATER)

  stack = await startStack({ dataDir: stack.dataDir, env })
  door = doorOf(stack.info)
  const { counts } = await door.until(id, completed)
  expect(sink.journal.length).toBeGreaterThan(atStop)
  expect(counts).toMatchObject({ created: LATER, emails: { queued: 0, sent: LATER, failed: 0 } })
  const mails = mailedTo(sink)
  expect(mails.size).toBe(LATER)
  expect([...mails.values()].filter((copies) => copies.length > 1)).toEqual([])
  expect(unlikeCopies(sink)).toEqual([])
}, 200_000)

test('the database ends as after undisturbed imports', async () => {
  expect(differences(await endOf(stack.info.databaseUrl), await undisturbed(file, later))).toEqual([])
}, 60_000)
