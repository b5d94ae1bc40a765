import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { confirmUpdate } from '../../workflows/import-messages.ts'
import { countsOf, dump, importRow } from '../support/dump.ts'
import { type ImportService, importService, undisturbed } from '../support/import-service.ts'
import { csv, onboardingHeader, people } from '../support/people.ts'

/** Five batches and three claims of e-mails. All rows but the first hundred need one course. */
const file = csv(
  people(460, (n) => (n > 100 ? { 'module requested 1': 'First Aid' } : n % 9 === 0 ? { email: 'nobody' } : {})),
  onboardingHeader,
  100,
)

let service: ImportService
let expected: Awaited<ReturnType<typeof dump>>
beforeAll(async () => {
  service = await importService(import.meta.url)
  expected = await undisturbed(file)
})
afterAll(() => service.close())
beforeEach(async () => {
  await service.pool.query('TRUNCATE users, imports, import_rows, import_matches, outcomes, files CASCADE')
  service.sink.journal.length = 0
})

/** Expects the same data and the same sent e-mails as after an undisturbed import. */
async function expectSameEnd(importId: string) {
  expect(await dump(service.db)).toEqual(expected)
  expect(await importRow(service.db, importId)).toMatchObject({ status: 'completed', records: 460, problem: null })
  const { noted, found } = await countsOf(service.db, importId)
  expect(found).toEqual({ created: 449, invited: 0, updated: 0, skipped: 0, invalid: 11, records: 460 })
  expect(noted).toMatchObject({ created: 449, assignments: 360, emails: 449 })
  const recipients = service.sink.journal.map((message) => message.to.join())
  expect([recipients.length, new Set(recipients).size]).toEqual([449, 449])
}

test('an import that continues as new after every batch ends with the same data', async () => {
  await service.startWorker()
  const { importId, handle } = await service.completed(file, {}, 1)
  await expectSameEnd(importId)
  const { runId } = await service.client.workflow.getHandle(handle.workflowId).describe()
  expect(runId).not.toBe(handle.firstExecutionRunId)
  await service.stopWorkers()
})

test('an import whose worker stops halfway is completed by the next worker', async () => {
  const first = await service.startWorker()
  const release = await service.hold('First Aid')
  const importId = await service.givenFile(file)
  const handle = await service.start(importId)
  await service.until(importId, 'applying')
  first.stop()
  await release()
  await first.stopped
  expect((await importRow(service.db, importId)).status).not.toBe('completed')
  await service.startWorker()
  expect(await handle.result()).toMatchObject({ status: 'completed', records: 460 })
  await expectSameEnd(importId)
  await service.stopWorkers()
})

test('an import whose run was terminated continues from the database in a new run', async () => {
  await service.startWorker()
  const release = await service.hold('First Aid')
  const importId = await service.givenFile(file)
  const handle = await service.start(importId)
  await service.until(importId, 'applying')
  await handle.terminate('by the test')
  const again = await service.start(importId)
  await release()
  expect(await again.result()).toEqual({ status: 'completed', records: 460, written: expect.any(Number) })
  await expectSameEnd(importId)
  await service.stopWorkers()
})

test('an import that was confirmed before its run was terminated needs no second confirmation', async () => {
  await service.startWorker()
  const release = await service.hold('First Aid')
  const importId = await service.givenFile(file, { options: { review: true } })
  const handle = await service.start(importId)
  await service.until(importId, 'review')
  await handle.terminate('by the test')
  const second = await service.start(importId)
  await service.untilRunIs(second, 'review')
  await second.executeUpdate(confirmUpdate, { args: [{ by: 'test' }] })
  await service.until(importId, 'applying')
  await second.terminate('by the test')
  const third = await service.start(importId)
  await release()
  expect(await third.result()).toMatchObject({ status: 'completed' })
  await expectSameEnd(importId)
  await service.stopWorkers()
})
