import type { WorkflowHandle } from '@temporalio/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Progress } from '../../domain/imports/counts.ts'
import { confirmUpdate, progressQuery, reportWorkflowId, windowWorkflowId } from '../../workflows/import-messages.ts'
import { type ImportService, importService } from '../support/import-service.ts'
import { csv, people } from '../support/people.ts'
import { linkOf } from '../support/servers/smtp-sink.ts'

const contact = 'office@people.example'
const message = 'A word from Philippa'
const rows = people(300, (n) => ({
  region: `Atlantis${n}`,
  job_role: `Cartographer${n}`,
  ...(n % 7 === 0 ? { email: `broken address ${n}` } : n % 5 === 0 ? { 'module requested 1': 'First Aid' } : {}),
}))

let service: ImportService
let importId: string
let inReview: { progress: Progress; details: string }
let ended: { progress: Progress; details: string }

beforeAll(async () => {
  service = await importService(import.meta.url)
  await service.startWorker()
  importId = await service.givenFile(csv(rows), { contact, options: { review: true, message } })
  const handle = await service.start(importId)
  await service.untilRunIs(handle, 'review')
  inReview = { progress: await handle.query(progressQuery), details: await detailsOf(handle) }
  await handle.executeUpdate(confirmUpdate, { args: [{ by: 'key of the test' }] })
  await handle.result()
  await workflow(reportWorkflowId).result()
  ended = { progress: await handle.query(progressQuery), details: await detailsOf(handle) }
})
afterAll(async () => {
  await workflow(windowWorkflowId).terminate()
  await service.close()
})

const workflow = (id: (importId: string) => string) => service.client.workflow.getHandle(id(importId))
const importOf = (id: string) => `import-${id}`

/** What the Temporal UI shows as the current details of a workflow. */
async function detailsOf(handle: WorkflowHandle): Promise<string> {
  const metadata = await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata')
  return metadata.currentDetails ?? ''
}

/** Every text of a history, with decoded payloads. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsOf)
}

test('the progress of an import contains counts and states, and nothing else', () => {
  const counts = { records: 300, emailsToSend: 258, emailsFailed: 0, problem: null }
  expect(inReview.progress).toEqual({
    importId,
    status: 'review',
    phase: 'review',
    appliedRows: 0,
    emailsSent: 0,
    ...counts,
  })
  expect(ended.progress).toEqual({
    importId,
    status: 'completed',
    phase: 'done',
    appliedRows: 258,
    emailsSent: 258,
    ...counts,
  })
})

test('the current details show the phase of the import, what it waits for and its progress', () => {
  expect(inReview.details).toContain('**review** · template onboarding · Blue Harbour')
  expect(inReview.details).toContain('- ● Wait for a confirmation')
  expect(inReview.details).toContain('Records 300 · invalid 42 · written 0')
  expect(ended.details).toContain('**completed**')
  expect(ended.details).not.toMatch(/[●○]/)
  expect(ended.details).toContain('Records 300 · invalid 42 · written 258')
  expect(ended.details).toContain('E-mails to send 258 · sent 258 · failed 0')
})

test('an import is found by its status, company, template and number of rows', async () => {
  const { searchAttributes, staticSummary } = await describeImport()
  expect(searchAttributes).toMatchObject({
    MusterStatus: ['completed'],
    MusterCompany: ['Blue Harbour'],
    MusterTemplate: ['onboarding'],
    MusterRows: [300],
  })
  expect(staticSummary).toBe('Import of people from a file')
})

async function describeImport() {
  const description = await workflow(importOf).describe()
  return { searchAttributes: description.searchAttributes, staticSummary: await description.staticSummary() }
}

test('every activity has a summary in one sentence', async () => {
  const { events } = await workflow(importOf).fetchHistory()
  const scheduled = (events ?? []).filter((event) => event.activityTaskScheduledEventAttributes)
  expect(scheduled.length).toBeGreaterThan(8)
  expect(scheduled.filter((event) => !event.userMetadata?.summary)).toEqual([])
})

test.each([
  ['import', importOf],
  ['activation window', windowWorkflowId],
  ['report', reportWorkflowId],
])('the history of the %s contains no address, name, link or cell of the file', async (_, id) => {
  const history = await workflow(id).fetchHistory()
  const texts = textsOf(history).join('\n')
  expect(texts).toContain(importId)
  const cells = rows.flatMap((row) => [row.name, row.last_name, row.email, row.region, row.job_role])
  const links = service.sink.journal.map((mail) => linkOf(mail).split('/').at(-1))
  const secret = [...cells, ...links, contact, message, 'people.csv'].filter(
    (text) => text !== undefined && text !== '',
  )
  expect(secret.filter((text) => texts.includes(text as string))).toEqual([])
})
