import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cancelUpdate, confirmUpdate, progressQuery, resumeUpdate } from '../../workflows/import-messages.ts'
import { countsOf, dump, importRow } from '../support/dump.ts'
import { type ImportHandle, type ImportService, importService, undisturbed } from '../support/import-service.ts'
import { csv, onboardingHeader, people } from '../support/people.ts'
import type { Script } from '../support/servers/smtp-sink.ts'

let service: ImportService
beforeAll(async () => {
  service = await importService(import.meta.url)
  await service.startWorker()
})
afterAll(() => service.close())
beforeEach(async () => {
  await service.pool.query('TRUNCATE users, imports, import_rows, import_matches, outcomes, files CASCADE')
  service.sink.journal.length = 0
  service.sink.script = {}
})

const by = { args: [{ by: 'test' }] as [{ by: string }] }
/** Seven batches of ten users. All batches but the first need the course. */
const sevenBatches = csv(
  people(70, (n) => (n > 10 ? { 'module requested 1': 'First Aid' } : {})),
  onboardingHeader,
  1000,
)

/** A locked sender account: the server rejects new sign-ins and messages on connections that are signed in. */
const refusing: Script = { auth: () => ({ code: 535 }), mail: () => ({ code: 535 }) }

const firstAid = () => ({ company_id: service.ids.company('Blue Harbour'), course_id: service.ids.course('First Aid') })
const withdraw = () => service.db.deleteFrom('company_courses').where('course_id', '=', firstAid().course_id).execute()
const giveBack = () => service.db.insertInto('company_courses').values(firstAid()).execute()

/** Starts an import in which all batches but the first wait for a course. Waits until the first batch is written. */
async function heldAfterTheFirstBatch() {
  const release = await service.hold('First Aid')
  const importId = await service.givenFile(sevenBatches)
  const handle = await service.start(importId)
  await service.untilWritten(handle, 10)
  return { importId, handle, release }
}

test('a course withdrawn after validation pauses the import, and a resume completes it once the course is back', async () => {
  const importId = await service.givenFile(sevenBatches, { options: { review: true } })
  const handle = await service.start(importId)
  await service.until(importId, 'review')
  await withdraw()
  await handle.executeUpdate(confirmUpdate, by)
  const { problem, phase } = await service.until(importId, 'paused')
  expect(phase).toBe('apply')
  expect(problem).toMatchObject({ code: 'course-withdrawn', status: 409, courses: [firstAid().course_id] })
  expect(problem?.detail).toContain('“First Aid”')
  const paused = await handle.query(progressQuery)
  expect(paused).toMatchObject({ status: 'paused', phase: 'apply', problem: { code: 'course-withdrawn' } })
  // An import that is resumed too early pauses again for the same reason.
  await handle.executeUpdate(resumeUpdate, by)
  await service.untilRunIs(handle, 'paused')
  expect((await dump(service.db)).enrolments).toEqual([])
  await giveBack()
  expect(await resumedUntilDone(handle)).toEqual({ status: 'completed', records: 70, written: 70 })
  expect((await importRow(service.db, importId)).problem).toBeNull()
  expect(await dump(service.db)).toEqual(await undisturbed(sevenBatches))
})

test('a mail server that rejects the sign-in pauses the import, and a later resume sends each e-mail once', async () => {
  service.sink.script = refusing
  const file = csv(people(30))
  const importId = await service.givenFile(file)
  const handle = await service.start(importId)
  const { problem, phase } = await service.until(importId, 'paused')
  expect(phase).toBe('notify')
  expect(problem).toMatchObject({ code: 'mail-configuration' })
  expect((await dump(service.db)).users).toHaveLength(30)
  expect(service.sink.journal).toEqual([])
  service.sink.script = {}
  expect(await resumedUntilDone(handle)).toMatchObject({ status: 'completed', written: 30 })
  expect(await handle.query(progressQuery)).toMatchObject({ emailsSent: 30, emailsFailed: 0, problem: null })
  expect(new Set(service.sink.journal.map((message) => message.to.join())).size).toBe(30)
  expect(service.sink.journal).toHaveLength(30)
  expect(await dump(service.db)).toEqual(await undisturbed(file))
})

test('resume is rejected while the import is not paused', async () => {
  const { handle, release } = await heldAfterTheFirstBatch()
  await expect(handle.executeUpdate(resumeUpdate, by)).rejects.toMatchObject({ cause: { type: 'not-paused' } })
  await release()
  expect(await handle.result()).toMatchObject({ status: 'completed' })
})

test('users who changed after the plan was confirmed pause the import, and a resume applies it to them as they are', async () => {
  await service.completed(csv(people(20)), { options: { sendEmails: false } })
  const changes = csv(people(30, (n) => ({ region: `R${n}` })))
  const importId = await service.givenFile(changes, {
    options: { review: true, existing: 'update', sendEmails: false },
  })
  const handle = await service.start(importId)
  await service.until(importId, 'review')
  await service.pool.query(`UPDATE users SET region = 'elsewhere' WHERE email_key = 'quillon.7@people.example'`)
  await handle.executeUpdate(confirmUpdate, by)
  const { problem } = await service.until(importId, 'paused')
  const moved = [{ row: 8, email: 'quillon.7@people.example', what: 'changed' }]
  expect(problem).toMatchObject({ code: 'plan-outdated', status: 409, moved })
  // The address is in the database and not in the history.
  expect(JSON.stringify(await handle.query(progressQuery))).not.toContain('people.example')
  await handle.executeUpdate(resumeUpdate, by)
  expect(await handle.result()).toMatchObject({ status: 'completed', written: 30 })
  const { noted } = await countsOf(service.db, importId)
  expect(noted).toMatchObject({ created: 10, updated: 20 })
  const { users } = await dump(service.db)
  expect(users.filter((user) => !/^R\d+$/.test((user as { region: string }).region ?? ''))).toEqual([])
})

test('an import cancelled while it applies keeps and reports what is applied, starts no batch and sends no e-mail', async () => {
  const { importId, handle, release } = await heldAfterTheFirstBatch()
  const cancelling = await handle.startUpdate(cancelUpdate, { ...by, waitForStage: 'ACCEPTED' })
  await release()
  await cancelling.result()
  const summary = await handle.result()
  expect(summary.status).toBe('cancelled')
  // The first batch, and the three that were running at the cancellation.
  expect(summary.written).toBe(40)
  const { noted, found } = await countsOf(service.db, importId)
  expect(found).toMatchObject({ created: 40, records: 70 })
  expect(noted).toMatchObject({ created: 40, assignments: 30 })
  const { users, outbox } = await dump(service.db)
  expect(users).toHaveLength(40)
  expect(new Set(outbox.map((email) => (email as { state: string }).state))).toEqual(new Set(['superseded']))
  expect(service.sink.journal).toEqual([])
  expect(await importRow(service.db, importId)).toMatchObject({ status: 'cancelled', phase: 'done', problem: null })
  await expect(handle.executeUpdate(cancelUpdate, by)).rejects.toThrow(/completed|not found/)
  // A dispatcher may start the workflow once more. That run ends immediately and changes nothing.
  expect(await (await service.start(importId)).result()).toMatchObject({ status: 'cancelled' })
  expect((await dump(service.db)).users).toHaveLength(40)
})

test('an import cancelled while it is paused ends', async () => {
  service.sink.script = refusing
  const importId = await service.givenFile(csv(people(3)))
  const handle = await service.start(importId)
  await service.until(importId, 'paused')
  await handle.executeUpdate(cancelUpdate, by)
  expect(await handle.result()).toMatchObject({ status: 'cancelled', written: 3 })
  const { outbox } = await dump(service.db)
  expect(outbox.map((email) => (email as { state: string }).state)).toEqual(['superseded', 'superseded', 'superseded'])
})

test('an import cancelled while the file is read ends and writes nothing', async () => {
  const client = await service.pool.connect()
  await client.query('BEGIN; LOCK TABLE import_refs')
  const importId = await service.givenFile(csv(people(3)))
  const handle = await service.start(importId)
  await service.until(importId, 'parsing')
  const cancelling = await handle.startUpdate(cancelUpdate, { ...by, waitForStage: 'ACCEPTED' })
  await client.query('ROLLBACK')
  client.release()
  await cancelling.result()
  expect(await handle.result()).toMatchObject({ status: 'cancelled', written: 0 })
  expect((await dump(service.db)).users).toEqual([])
})

test('an import cancelled in the Temporal UI ends like one that an administrator cancelled', async () => {
  const importId = await service.givenFile(csv(people(3)), { options: { review: true } })
  const handle = await service.start(importId)
  await service.until(importId, 'review')
  await handle.cancel()
  expect(await handle.result()).toMatchObject({ status: 'cancelled', written: 0 })
  expect(await importRow(service.db, importId)).toMatchObject({ status: 'cancelled', phase: 'done' })
})

/** Resumes the import at each pause. A batch that failed before the fix may pause it once more. */
async function resumedUntilDone(handle: ImportHandle) {
  let done = false
  const result = handle.result().finally(() => {
    done = true
  })
  while (!done) {
    const { status } = await handle.query(progressQuery)
    if (status === 'paused') await handle.executeUpdate(resumeUpdate, by)
    await Promise.race([result, sleep(50)])
  }
  return result
}
