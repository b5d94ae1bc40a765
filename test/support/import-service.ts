import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Connection, type WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client'
import { createSendEmails } from '../../activities/emails/send-emails.ts'
import { createMailTransport } from '../../activities/emails/transport.ts'
import { readConfig } from '../../config/config.ts'
import { BATCH_ROWS, EMAILS_PER_CLAIM } from '../../domain/imports/limits.ts'
import { type ImportStatus, isFinal } from '../../domain/imports/states.ts'
import { type RunningWorker, runWorker } from '../../worker/run.ts'
import { type Carried, IMPORTS_QUEUE, importWorkflowId, progressQuery } from '../../workflows/import-messages.ts'
import type { ImportSummary } from '../../workflows/import-users.ts'
import { dump, importRow } from './dump.ts'
import { startSink } from './servers/smtp-sink.ts'
import { temporalFor } from './servers/temporal.ts'
import { installQuietRuntime } from './servers/temporal-runtime.ts'
import { workflowBundle } from './servers/workflow-bundle.ts'
import type { GivenFile } from './stored-import.ts'
import { activityEnvironment, importWorld, silent } from './world.ts'

installQuietRuntime()

export type ImportService = Awaited<ReturnType<typeof importService>>

/**
 * Everything that an import needs to run from end to end: a database, a mail server, a worker and a client.
 *
 * @param url the test file's `import.meta.url`
 */
export async function importService(url: string) {
  const world = await importWorld()
  const sink = await startSink()
  const { address, namespace } = temporalFor(url)
  const config = configFor(world.url, sink.port, { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace })
  const connection = await Connection.connect({ address })
  const client = new Client({ connection, namespace })
  const workers = new Set<RunningWorker>()

  const startWorker = async (): Promise<RunningWorker> => {
    const worker = await runWorker(config, silent, await workflowBundle())
    workers.add(worker)
    return worker
  }
  const stopWorkers = async () => {
    for (const worker of workers) worker.stop()
    await Promise.all([...workers].map((worker) => worker.stopped))
    workers.clear()
  }

  return {
    ...world,
    sink,
    config,
    client,
    startWorker,
    stopWorkers,
    /** Starts the workflow of an import, as the API does. `batchesPerRun` makes its runs shorter. */
    async start(importId: string, batchesPerRun?: number) {
      const carried: Carried[] = batchesPerRun === undefined ? [] : [{ schemaVersion: 1, batchesPerRun }]
      return (await client.workflow.start('importUsers', {
        taskQueue: IMPORTS_QUEUE,
        workflowId: importWorkflowId(importId),
        args: [importId, ...carried],
        staticSummary: 'Import of people from a file',
      })) as ImportHandle
    },
    /** Uploads a file, starts its import and waits until it has ended. */
    async completed(text: string, given: GivenFile = {}, batchesPerRun?: number) {
      const importId = await world.givenFile(text, given)
      const handle = await this.start(importId, batchesPerRun)
      return { importId, handle, summary: await handle.result() }
    },
    /** Waits until the database has the import in this status. */
    async until(importId: string, status: ImportStatus) {
      for (;;) {
        const row = await importRow(world.db, importId)
        if (row.status === status) return row
        if (isFinal(row.status)) throw new Error(`The import is ${row.status} and will never be ${status}.`)
        await sleep(20)
      }
    },
    /** Waits until the workflow reports this status, which can be earlier than in the database. */
    async untilRunIs(handle: ImportHandle, status: ImportStatus) {
      while ((await handle.query(progressQuery)).status !== status) await sleep(20)
    },
    /** Waits until the workflow has counted this many written rows and has started its next step. */
    async untilWritten(handle: ImportHandle, rows: number) {
      while ((await handle.query(progressQuery)).appliedRows < rows) await sleep(20)
    },
    /** Blocks every batch that enrols into a course of Blue Harbour, until it is released. */
    async hold(course: string): Promise<() => Promise<void>> {
      const client = await world.pool.connect()
      const ids = [world.ids.company('Blue Harbour'), world.ids.course(course)]
      await client.query('BEGIN')
      await client.query('SELECT FROM company_courses WHERE company_id = $1 AND course_id = $2 FOR UPDATE', ids)
      return async () => {
        await client.query('ROLLBACK')
        client.release()
      }
    },
    async close() {
      await stopWorkers()
      await connection.close()
      await sink.close()
      await world.close()
    },
  }
}

export type ImportHandle = WorkflowHandleWithFirstExecutionRunId<(importId: string) => Promise<ImportSummary>>

function configFor(databaseUrl: string, smtpPort: number, more: NodeJS.ProcessEnv) {
  return readConfig({
    DATABASE_URL: databaseUrl,
    SMTP_URL: `smtp://sender:password@127.0.0.1:${smtpPort}`,
    MUSTER_SECRET: 'a secret of at least thirty-two characters',
    PUBLIC_URL: 'https://muster.example',
    TEMPORAL_ADDRESS: '127.0.0.1:9',
    ...more,
  })
}

/**
 * Returns the state of a new database after undisturbed imports of these files. Each activity runs once, in order, without
 * Temporal.
 */
export async function undisturbed(...files: (string | { text: string; given: GivenFile })[]) {
  const world = await importWorld()
  const sink = await startSink()
  const config = configFor(world.url, sink.port, {})
  const transport = createMailTransport(config.SMTP_URL, { connections: 4 })
  const sendEmails = createSendEmails({ db: world.db, config, log: silent, transport })
  try {
    for (const file of files) {
      const { text, given } = typeof file === 'string' ? { text: file, given: {} } : file
      const importId = await world.givenFile(text, given)
      const { lastRow } = await world.run('parseFile', { importId })
      await world.run('validateRows', { importId })
      for (let firstRow = 2; firstRow <= lastRow; firstRow += BATCH_ROWS) {
        await world.run('applyBatch', { importId, firstRow, lastRow: firstRow + BATCH_ROWS - 1 })
      }
      let open: number
      do {
        const claim = { mailingId: importId, limit: EMAILS_PER_CLAIM }
        open = ((await activityEnvironment().run(sendEmails, claim)) as { open: number }).open
      } while (open > 0)
    }
    return await dump(world.db)
  } finally {
    transport.close()
    await sink.close()
    await world.close()
  }
}
