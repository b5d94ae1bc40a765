import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { ImportCounts } from '../../../api/imports/import-counts.ts'
import { findImport } from '../../../db/imports/imports.ts'
import { csv, people } from '../../support/people.ts'
import { importWorld, type World } from '../../support/world.ts'

let world: World

beforeAll(async () => {
  world = await importWorld()
})
afterAll(async () => {
  vi.restoreAllMocks()
  await world.close()
})

test('the e-mails of an import are counted again after it ends, even if the last count is recent', async () => {
  const importId = await world.givenFile(csv(people(3)))
  const { lastRow } = await world.run('parseFile', { importId })
  await world.run('validateRows', { importId })
  await world.run('applyBatch', { importId, firstRow: 2, lastRow })
  const counts = new ImportCounts(world.db)
  const shown = async (status: 'notifying' | 'completed', phase: 'notify' | 'done') => {
    await world.db.updateTable('imports').set({ status, phase }).where('id', '=', importId).execute()
    const entry = await findImport(world.db, importId, null)
    return (await counts.of([entry!]))[0]?.counts.emails
  }
  // The clock advances by a second at every read. So a count takes a second and is reused for ten.
  let now = Date.now()
  onTestFinished(() => void vi.restoreAllMocks())
  vi.spyOn(Date, 'now').mockImplementation(() => (now += 1_000))
  expect(await shown('notifying', 'notify')).toEqual({ queued: 3, sent: 0, failed: 0 })
  await world.pool.query("UPDATE outbox SET state = 'sent'")
  expect(await shown('notifying', 'notify')).toEqual({ queued: 3, sent: 0, failed: 0 })
  expect(await shown('completed', 'done')).toEqual({ queued: 0, sent: 3, failed: 0 })
})
