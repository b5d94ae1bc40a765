import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createSendReport } from '../../../activities/emails/send-report.ts'
import { openDatabase, type TestDatabase } from '../../support/database.ts'
import { activityEnvironment, mailDeps } from '../../support/mail-world.ts'
import { type Script, startSink, subjectOf, textOf } from '../../support/servers/smtp-sink.ts'

let database: TestDatabase
const open: { close(): Promise<void> | void }[] = []

beforeAll(async () => {
  database = await openDatabase()
})
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})
afterAll(() => database.close())

async function world(script: Script = {}) {
  const sink = await startSink(script)
  const deps = mailDeps(database.db, sink.url)
  open.push(sink, deps.transport)
  const report = createSendReport(deps)
  const run = (importId: string, attempt = 1) => activityEnvironment({ attempt }).run(report, { importId, check: 1 })
  return { sink, run }
}

async function ended(status: string, contact: string | null = 'admin@blueharbour.example') {
  const { rows } = await sql<{ id: string }>`
    WITH file AS (INSERT INTO files (name, state, sha256) VALUES ('people <march>.csv', 'stored', ${randomBytes(32)})
      RETURNING id)
    INSERT INTO imports (file_id, status, template, options, started_by, contact, fingerprint, records, plan, problem,
      finished_at)
    SELECT id, ${status}, 'onboarding', '{}', 'HR system', ${contact}, 'x', 1204, '{"invalid": 3}',
      CASE WHEN ${status} = 'rejected' THEN '{"detail": "2 course titles are not known."}'::jsonb END, now()
    FROM file RETURNING id`.execute(database.db)
  const id = rows[0]!.id
  await sql`INSERT INTO import_batches (import_id, first_row, last_row, created, updated, skipped, assignments)
    VALUES (${id}, 2, 700, 700, 10, 2, 2000), (${id}, 701, 1205, 480, 9, 0, 1412)`.execute(database.db)
  return id
}

const reportedAt = async (id: string) =>
  (await database.db.selectFrom('imports').select('report_sent_at').where('id', '=', id).executeTakeFirstOrThrow())
    .report_sent_at

test('the administrator who started an import gets its counts and a link, once', async () => {
  const { sink, run } = await world()
  const id = await ended('completed')
  await run(id)
  await run(id)
  expect(sink.journal).toHaveLength(1)
  const [note] = sink.journal
  expect(note).toMatchObject({ to: ['admin@blueharbour.example'], messageId: `<report-${id}@muster.example>` })
  const text = textOf(note!)
  for (const fact of ['1,204', 'Created: 1,180', 'Changed: 19', 'Unchanged: 2', 'With errors: 3', '3,412']) {
    expect(text).toContain(fact)
  }
  expect(text).toContain(`https://muster.example/imports/${id}`)
  expect(text).not.toContain('Invited')
  expect(await reportedAt(id)).not.toBeNull()
})

test('the report of a file rejected for its headers has no count of records', async () => {
  const { sink, run } = await world()
  const id = await ended('rejected')
  await sql`UPDATE imports SET records = NULL WHERE id = ${id}`.execute(database.db)
  await run(id)
  expect(textOf(sink.journal[0]!)).not.toContain('Records')
})

test('the report of a dry run says that nothing was written and what an import would do', async () => {
  const { sink, run } = await world()
  const id = await ended('completed')
  const plan = { create: 700, invite: 0, update: 12, skip: 489, invalid: 3, assignments: 2000, emails: 690 }
  await sql`DELETE FROM import_batches WHERE import_id = ${id}`.execute(database.db)
  await sql`UPDATE imports SET options = '{"dryRun": true}', plan = ${JSON.stringify(plan)} WHERE id = ${id}`.execute(
    database.db,
  )
  await run(id)
  const [note] = sink.journal
  expect(subjectOf(note!)).toBe('Dry run of people <march>.csv: checked, nothing was written')
  const text = textOf(note!)
  const facts = ['Records in the file: 1,204', 'Created: 700', 'Changed: 12', 'Unchanged: 489', 'With errors: 3']
  for (const fact of [...facts, 'assignments: 2,000', 'E-mails sent: 690']) expect(text).toContain(fact)
  expect(text).toContain('This is what an import would do:')
  expect(text).not.toContain('refused')
})

test('a report counts invited users separately from created users', async () => {
  const { sink, run } = await world()
  const id = await ended('completed')
  await sql`UPDATE import_batches SET invited = 20, created = 0 WHERE import_id = ${id}`.execute(database.db)
  await run(id)
  const text = textOf(sink.journal[0]!)
  expect(text).toContain('Created: 0')
  expect(text).toContain('Invited: 40')
})

test('the report of a rejected import gives the reason, and its outbox stays empty', async () => {
  const { sink, run } = await world()
  const id = await ended('rejected')
  await run(id)
  expect(textOf(sink.journal[0]!)).toContain('2 course titles are not known.')
  expect(await database.db.selectFrom('outbox').select('id').execute()).toHaveLength(0)
})

test.each([
  ['applying', 'admin@blueharbour.example'],
  ['completed', null],
  ['completed', 'a@x.example,b@y.example'],
])('no report is sent for an import that is %s with contact %s', async (status, contact) => {
  const { sink, run } = await world()
  await run(await ended(status, contact))
  expect(sink.journal).toHaveLength(0)
})

test('a report that fails permanently is not retried', async () => {
  const { run } = await world({ rcpt: () => ({ code: 550 }) })
  const id = await ended('completed')
  await run(id)
  expect(await reportedAt(id)).not.toBeNull()
})

test('a report that the server defers is retried', async () => {
  const { sink, run } = await world({ rcpt: (_address, nth) => (nth === 1 ? { code: 451 } : 'ok') })
  const id = await ended('completed')
  await expect(run(id)).rejects.toMatchObject({ type: 'MailUnreachable', nonRetryable: false })
  expect(await reportedAt(id)).toBeNull()
  await run(id, 2)
  expect(sink.journal).toHaveLength(1)
})

test('a server that never replies to the dot gets at most three identical copies of a report', async () => {
  const { sink, run } = await world({ dot: () => 'drop' })
  const id = await ended('completed')
  await expect(run(id, 1)).rejects.toMatchObject({ type: 'MailUnreachable' })
  await expect(run(id, 2)).rejects.toMatchObject({ type: 'MailUnreachable' })
  await run(id, 3)
  await run(id, 4)
  expect(sink.journal).toHaveLength(3)
  expect(new Set(sink.journal.map((copy) => copy.sha256)).size).toBe(1)
})
