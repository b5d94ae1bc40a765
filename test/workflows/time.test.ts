import { setTimeout as sleep } from 'node:timers/promises'
import type { TestWorkflowEnvironment } from '@temporalio/testing'
import { Worker } from '@temporalio/worker'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createExpireLinks } from '../../activities/emails/expire-links.ts'
import { createActivities } from '../../activities/index.ts'
import type { Activities } from '../../activities/types.ts'
import { findLink } from '../../db/emails/activation.ts'
import type { ImportStatus } from '../../domain/imports/states.ts'
import { IMPORTS_QUEUE, importWorkflowId, windowWorkflowId } from '../../workflows/import-messages.ts'
import { importRow } from '../support/dump.ts'
import { mailDeps, sendOnce } from '../support/mail-world.ts'
import { csv, people } from '../support/people.ts'
import { type Sink, startSink } from '../support/servers/smtp-sink.ts'
import { timeSkippingServer } from '../support/servers/temporal.ts'
import { installQuietRuntime } from '../support/servers/temporal-runtime.ts'
import { workflowBundle } from '../support/servers/workflow-bundle.ts'
import { importWorld, type World } from '../support/world.ts'

installQuietRuntime()

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let world: World
let server: TestWorkflowEnvironment
let sink: Sink
let stop: () => Promise<void>
beforeAll(async () => {
  world = await importWorld()
  sink = await startSink()
  server = await timeSkippingServer()
  stop = await startWorker()
})
afterAll(async () => {
  await stop()
  await server.teardown()
  await sink.close()
  await world.close()
})
beforeEach(() => sql`TRUNCATE users, imports, import_rows, import_matches, outcomes, files CASCADE`.execute(world.db))

/**
 * The database cannot skip time. Instead, its future times move closer by as much as the test server has skipped.
 */
let skipped: number
const ahead = async () => (await server.currentTimeMs()) - Date.now()
async function skipInDatabase(): Promise<void> {
  const now = await ahead()
  const ms = now - skipped
  skipped = now
  await sql`UPDATE activation_links SET expires_at = expires_at - ${ms} * interval '1 ms'`.execute(world.db)
}

async function startWorker(): Promise<() => Promise<void>> {
  const activities = { ...createActivities(world.deps), expireLinks: onSkippedTime() }
  const connection = server.nativeConnection
  const worker = await Worker.create({ connection, taskQueue: IMPORTS_QUEUE, activities, ...(await workflowBundle()) })
  const run = worker.run()
  return async () => {
    worker.shutdown()
    await run
  }
}

/** Sweeps the links at the time that the workflow's clock shows. */
function onSkippedTime(): Activities['expireLinks'] {
  const expireLinks = createExpireLinks(world)
  return async (input) => {
    await skipInDatabase()
    return expireLinks(input)
  }
}

/** An import of `count` users whose e-mails have just been accepted. The workflow that expires its links runs. */
async function mailed(count: number): Promise<string> {
  const importId = await world.givenFile(csv(people(count)))
  const { lastRow } = await world.run('parseFile', { importId })
  await world.run('validateRows', { importId })
  await world.run('applyBatch', { importId, firstRow: 2, lastRow })
  const deps = mailDeps(world.db, sink.url)
  expect(await sendOnce(deps, importId)).toMatchObject({ sent: count })
  deps.transport.close()
  skipped = await ahead()
  const options = { taskQueue: IMPORTS_QUEUE, workflowId: windowWorkflowId(importId), args: [importId] }
  await server.client.workflow.start('activationWindow', options)
  return importId
}

/** Does not await a result, because the test server skips time without end while a client awaits one. */
async function untilWindowHasClosed(importId: string): Promise<void> {
  const handle = server.client.workflow.getHandle(windowWorkflowId(importId))
  while ((await handle.describe()).status.name !== 'COMPLETED') await sleep(20)
}

async function until(importId: string, status: ImportStatus): Promise<void> {
  while ((await importRow(world.db, importId)).status !== status) await sleep(20)
}

/** What the activation page finds behind each link of an import. */
async function linkStates(importId: string): Promise<string[]> {
  const links = await world.db
    .selectFrom('activation_links')
    .innerJoin('outbox', 'outbox.id', 'activation_links.id')
    .where('outbox.mailing_id', '=', importId)
    .select('token_hash')
    .execute()
  const found = await Promise.all(links.map(({ token_hash }) => findLink(world.db, token_hash)))
  return found.map((link) => link?.state ?? 'unknown')
}

test('an import without a confirmation cancels itself after seven days', async () => {
  const importId = await world.givenFile(csv(people(3)), { options: { review: true } })
  const options = { taskQueue: IMPORTS_QUEUE, workflowId: importWorkflowId(importId), args: [importId] }
  await server.client.workflow.start('importUsers', options)
  await until(importId, 'review')
  await server.sleep(7 * 24 * HOUR - MINUTE)
  expect(await importRow(world.db, importId)).toMatchObject({ status: 'review' })
  await server.sleep(2 * MINUTE)
  await until(importId, 'cancelled')
  const { rows } = await sql`SELECT FROM users`.execute(world.db)
  expect(rows).toEqual([])
})

test('links work 47 hours and 59 minutes after their e-mail, and have expired after 48 hours', async () => {
  const importId = await mailed(3)
  await server.sleep(48 * HOUR - MINUTE)
  await skipInDatabase()
  expect(await linkStates(importId)).toEqual(['live', 'live', 'live'])
  await server.sleep(MINUTE)
  await skipInDatabase()
  expect(await linkStates(importId)).toEqual(['expired', 'expired', 'expired'])
  // Sweeps run a minute apart. The last sweep ends the workflow.
  await server.sleep(2 * MINUTE)
  await untilWindowHasClosed(importId)
  const { rows } = await sql`SELECT FROM activation_links WHERE expired_at IS NULL`.execute(world.db)
  expect(rows).toEqual([])
})

test('a link that was used before its time is up is not expired', async () => {
  const importId = await mailed(2)
  await sql`UPDATE activation_links SET used_at = clock_timestamp()
    WHERE person_id = (SELECT id FROM users WHERE email_key = 'quillon.1@people.example')`.execute(world.db)
  await server.sleep(48 * HOUR + 2 * MINUTE)
  await untilWindowHasClosed(importId)
  expect((await linkStates(importId)).sort()).toEqual(['expired', 'used'])
})
