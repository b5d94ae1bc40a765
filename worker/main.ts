import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Runtime } from '@temporalio/worker'
import { pino } from 'pino'
import { type Config, readConfig } from '../config/config.ts'
import { workflowSource } from './bundle.ts'
import { serveHealth } from './health.ts'
import { type RunningWorker, runWorker } from './run.ts'

const config = configOrExit()
const log = pino({ level: config.LOG_LEVEL, base: { process: 'worker' } })
const sdkMetrics = `127.0.0.1:${await freePort()}`

Runtime.install({
  telemetryOptions: {
    metrics: { prometheus: { bindAddress: sdkMetrics }, metricPrefix: 'temporal_' },
    logging: { filter: { core: 'WARN', other: 'ERROR' } },
  },
  // Its loggers print workflow inputs and errors as they come; ours names ids and types.
  logger: {
    log: (_level, message) => log.debug(message),
    trace: (message) => log.trace(message),
    debug: (message) => log.debug(message),
    info: (message) => log.debug(message),
    // The mail queue's worker has no workflows on purpose, and the SDK wonders.
    warn: (message, meta) => (/No workflows registered/.test(message) ? undefined : log.warn(failureOf(meta), message)),
    error: (message, meta) => log.error(failureOf(meta), message),
  },
})

let worker: RunningWorker | null = null
const health = await serveHealth(
  { host: config.WORKER_HOST, port: config.WORKER_PORT },
  () => worker?.isRunning() ?? false,
  sdkMetrics,
)
try {
  worker = await runWorker(config, log, workflowSource())
  log.info('worker polls')
  await worker.stopped
  log.info('worker stopped')
} catch (error) {
  log.fatal({ reason: (error as Error).message }, 'The worker cannot go on.')
  process.exitCode = 1
} finally {
  health.close()
}

function configOrExit(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}

/** Ids and types of what failed; messages of activities may be about people and stay out of the log. */
function failureOf(meta: unknown): Record<string, unknown> {
  const { workflowId, runId, activityId, activityType, attempt, error } = (meta ?? {}) as Record<string, unknown>
  const { name, type, code } = (error ?? {}) as Record<string, unknown>
  return { workflowId, runId, activityId, activityType, attempt, failure: { name, type, code } }
}

/** The SDK's exporter does not tell which port it got, so a free one is found for it. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
