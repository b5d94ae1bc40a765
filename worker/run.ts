import { NativeConnection, Worker } from '@temporalio/worker'
import type { Logger } from 'pino'
import { createSendAccountLetter } from '../activities/emails/send-account-letter.ts'
import { createSendEmails } from '../activities/emails/send-emails.ts'
import { createSendReport } from '../activities/emails/send-report.ts'
import { createMailTransport } from '../activities/emails/transport.ts'
import { createActivities } from '../activities/index.ts'
import type { MailActivities } from '../activities/types.ts'
import type { Config } from '../config/config.ts'
import { createDatabase } from '../db/core/database.ts'
import { IMPORTS_QUEUE, MAIL_QUEUE } from '../workflows/import-messages.ts'
import { ensureSearchAttributes } from './search-attributes.ts'
import { importsTuning, mailTuning, POOL_CONNECTIONS } from './tuning.ts'

/** SMTP connections of one worker: with five or more, a local server accepts 1,700 messages a second (HAZARDS 31). */
const MAIL_CONNECTIONS = 8

export type WorkflowSource = { workflowBundle: { codePath: string } | { code: string } } | { workflowsPath: string }

export interface RunningWorker {
  /** Resolves when both workers have stopped. Rejects when one of them failed. */
  stopped: Promise<void>
  stop(): void
  /** True while both workers poll. */
  isRunning(): boolean
}

/**
 * Starts the workers of both queues on one connection, one pool and one mail transport.
 *
 * They close in the order of their dependencies: workers, connection, mail transport, pool.
 *
 * @throws when Temporal cannot be reached or its namespace does not exist
 */
export async function runWorker(config: Config, log: Logger, source: WorkflowSource): Promise<RunningWorker> {
  const connection = await NativeConnection.connect({ address: config.TEMPORAL_ADDRESS })
  const connections = createDatabase(config.DATABASE_URL, { connections: POOL_CONNECTIONS, name: 'muster-worker' })
  const transport = createMailTransport(config.SMTP_URL, { connections: MAIL_CONNECTIONS })
  const namespace = config.TEMPORAL_NAMESPACE
  const searchAttributes = await ensureSearchAttributes(connection, namespace, log)
  const mailDeps = { db: connections.db, config, log, transport }
  const mailActivities: MailActivities = {
    sendEmails: createSendEmails(mailDeps),
    sendReport: createSendReport(mailDeps),
    sendAccountLetter: createSendAccountLetter(mailDeps),
  }
  const imports = await Worker.create({
    connection,
    namespace,
    taskQueue: IMPORTS_QUEUE,
    activities: createActivities({ ...connections, log, searchAttributes }),
    ...source,
    ...importsTuning,
  })
  const mail = await Worker.create({
    connection,
    namespace,
    taskQueue: MAIL_QUEUE,
    activities: mailActivities,
    ...mailTuning,
  })
  const workers = [imports, mail]
  const stop = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
  }
  // When one worker fails, the other stops too. Half a process would look healthy and leave one queue unserved.
  const runs = workers.map((worker) => worker.run().finally(stop))
  const stopped = Promise.allSettled(runs).then(async (ends) => {
    await connection.close()
    transport.close()
    await connections.pool.end()
    const failed = ends.find((end) => end.status === 'rejected')
    if (failed) throw failed.reason
  })
  return { stopped, stop, isRunning: () => workers.every((worker) => worker.getState() === 'RUNNING') }
}
