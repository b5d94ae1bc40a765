import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cancelUpdate, confirmUpdate, progressQuery, windowWorkflowId } from '../../workflows/import-messages.ts'
import { countsOf, dump, dumpPeople, importRow } from '../support/dump.ts'
import { type ImportService, importService, undisturbed } from '../support/import-service.ts'
import { csv, people, person } from '../support/people.ts'
import { linkOf } from '../support/servers/smtp-sink.ts'

let service: ImportService
beforeAll(async () => {
  service = await importService(import.meta.url)
  await service.startWorker()
})
afterAll(() => service.close())
beforeEach(async () => {
  await service.pool.query('TRUNCATE users, imports, import_rows, import_matches, outcomes, files CASCADE')
  service.sink.journal.length = 0
})

const by = { by: 'test' }
const courses = { 'module requested 1': 'First Aid', 'module requested 2': 'Data Protection' }
/** 450 users, a third of them disabled or invalid. Their e-mails take three claims. */
const file = csv(
  people(450, (n) =>
    n % 10 === 0 ? { email: 'nobody' } : n % 5 === 0 ? { enabled: '0' } : n % 3 === 0 ? courses : {},
  ),
)

describe('an undisturbed import', () => {
  test('an import creates, enrols and e-mails each user once, and its counts match the database', async () => {
    const { importId, handle, summary } = await service.completed(file, { options: { message: 'Welcome.' } })
    expect(summary).toEqual({ status: 'completed', records: 450, written: 405 })
    const { noted, found } = await countsOf(service.db, importId)
    expect(found).toEqual({ created: 405, invited: 0, updated: 0, skipped: 0, invalid: 45, records: 450 })
    expect(noted).toMatchObject({ created: 405, updated: 0, skipped: 0, emails: 360 })
    const row = await importRow(service.db, importId)
    expect(row).toMatchObject({ status: 'completed', phase: 'done', problem: null, records: 450 })
    expect(row.plan).toMatchObject({ create: 405, invalid: 45, emails: 360, assignments: noted.assignments })
    const state = await dump(service.db)
    expect(state.enrolments).toHaveLength(noted.assignments)
    expect(state.outbox.every((email) => (email as { state: string }).state === 'sent')).toBe(true)
    const recipients = service.sink.journal.map((message) => message.to.join())
    expect([recipients.length, new Set(recipients).size]).toEqual([360, 360])
    expect(new Set(service.sink.journal.map(linkOf)).size).toBe(360)
    expect(await handle.query(progressQuery)).toMatchObject({ status: 'completed', appliedRows: 405, emailsSent: 360 })
    // The failure tests compare with this reference result. It equals the result of a worker.
    expect(state).toEqual(await undisturbed({ text: file, given: { options: { message: 'Welcome.' } } }))
  })

  test('a completed import leaves a workflow that expires its links, and sends a report to its starter', async () => {
    const { importId } = await service.completed(csv(people(3)), { contact: 'office@people.example' })
    const window = service.client.workflow.getHandle(windowWorkflowId(importId))
    expect((await window.describe()).status.name).toBe('RUNNING')
    await service.client.workflow.getHandle(`import-report-${importId}`).result()
    expect(service.sink.copies('office@people.example')).toHaveLength(1)
    await window.terminate()
  })

  test('a repeated import of the same file changes nothing and sends no e-mail', async () => {
    await service.completed(file)
    const [before, mailed] = [await dump(service.db), service.sink.journal.length]
    for (const existing of ['skip', 'update'] as const) {
      const { importId, summary } = await service.completed(file, { options: { existing } })
      expect(summary).toMatchObject({ status: 'completed', written: 405 })
      expect((await countsOf(service.db, importId)).noted).toMatchObject({
        created: 0,
        updated: 0,
        skipped: 405,
        assignments: 0,
        emails: 0,
      })
    }
    const after = await dump(service.db)
    for (const part of ['users', 'enrolments', 'outbox'] as const) expect(after[part]).toEqual(before[part])
    expect(service.sink.journal).toHaveLength(mailed)
  })

  test('an address that the mail server rejects permanently is reported, and the import completes', async () => {
    service.sink.script = { rcpt: (address) => (address.startsWith('quillon.2@') ? { code: 550 } : 'ok') }
    const { importId, handle } = await service.completed(csv(people(3)))
    service.sink.script = {}
    expect(await handle.query(progressQuery)).toMatchObject({ status: 'completed', emailsSent: 2, emailsFailed: 1 })
    const { rows } = await service.pool.query('SELECT state FROM outbox WHERE mailing_id = $1 ORDER BY state', [
      importId,
    ])
    expect(rows).toEqual([{ state: 'failed' }, { state: 'sent' }, { state: 'sent' }])
  })
})

describe('an import that ends before it writes anything', () => {
  test('an unknown title rejects an import, and nothing changes', async () => {
    await service.completed(csv(people(2)), { options: { sendEmails: false } })
    const before = await dumpPeople(service.db)
    const rows = [person(1, { region: 'North' }), person(3, { 'module requested 1': 'Frist Aid' })]
    const { importId, handle, summary } = await service.completed(csv(rows), { options: { existing: 'update' } })
    expect(summary.status).toBe('rejected')
    expect(await dumpPeople(service.db)).toEqual(before)
    expect((await importRow(service.db, importId)).problem).toMatchObject({ code: 'unmatched-titles', count: 1 })
    expect((await handle.query(progressQuery)).problem).toMatchObject({ code: 'unmatched-titles' })
    expect(service.sink.journal).toEqual([])
  })

  test('wrong headers reject an import', async () => {
    const { importId, summary } = await service.completed('enabled,name\n1,Ada\n')
    expect(summary).toEqual({ status: 'rejected', records: 0, written: 0 })
    expect((await importRow(service.db, importId)).problem).toMatchObject({ code: 'invalid-headers' })
  })

  test('a dry run ends with its plan and writes nothing', async () => {
    const before = await dumpPeople(service.db)
    const { importId, summary } = await service.completed(file, { options: { dryRun: true, review: true } })
    expect(summary).toEqual({ status: 'completed', records: 450, written: 0 })
    expect(await importRow(service.db, importId)).toMatchObject({
      status: 'completed',
      plan: { create: 405, invalid: 45 },
    })
    expect(await dumpPeople(service.db)).toEqual(before)
    expect(service.sink.journal).toEqual([])
  })

  test('a missing stored file fails the import without a pause', async () => {
    const importId = await service.givenFile(csv(people(2)))
    await service.pool.query("UPDATE files SET state = 'uploading'")
    expect(await (await service.start(importId)).result()).toMatchObject({ status: 'failed' })
    expect((await importRow(service.db, importId)).problem).toMatchObject({ code: 'file-gone' })
  })
})

describe('a review', () => {
  const inReview = async () => {
    const importId = await service.givenFile(csv(people(3)), { options: { review: true } })
    const handle = await service.start(importId)
    await service.until(importId, 'review')
    return { importId, handle }
  }

  test('an import in review waits for a confirmation and then continues', async () => {
    const { importId, handle } = await inReview()
    expect((await dump(service.db)).users).toEqual([])
    expect(await handle.query(progressQuery)).toMatchObject({ status: 'review', emailsToSend: 3 })
    expect(await handle.executeUpdate(confirmUpdate, { args: [by] })).toMatchObject({ status: 'applying' })
    expect(await handle.result()).toMatchObject({ status: 'completed', written: 3 })
    expect((await importRow(service.db, importId)).confirmed_at).not.toBeNull()
    expect(service.sink.journal).toHaveLength(3)
  })

  test('an import that is cancelled in review writes nothing', async () => {
    const { handle } = await inReview()
    expect(await handle.executeUpdate(cancelUpdate, { args: [by] })).toMatchObject({ status: 'cancelled' })
    expect(await handle.result()).toEqual({ status: 'cancelled', records: 3, written: 0 })
    expect((await dump(service.db)).users).toEqual([])
  })

  test('an import that is not in review cannot be confirmed', async () => {
    const held = await service.pool.connect()
    await held.query('BEGIN; LOCK TABLE import_refs')
    const importId = await service.givenFile(csv(people(1)))
    const handle = await service.start(importId)
    await service.until(importId, 'parsing')
    await expect(handle.executeUpdate(confirmUpdate, { args: [by] })).rejects.toMatchObject({
      cause: { type: 'not-in-review' },
    })
    await held.query('ROLLBACK')
    held.release()
    expect(await handle.result()).toMatchObject({ status: 'completed' })
  })
})
