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
  // The SDK's loggers print workflow inputs and whole errors. This one logs ids and types only.
  logger: {
    log: (_level, message) => log.debug(message),
    trace: (message) => log.trace(message),
    debug: (message) => log.debug(message),
    info: (message) => log.debug(message),
    // The mail queue's worker has no workflows on purpose, and the SDK warns about that.
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
  log.info('worker ready')
  await worker.stopped
  log.info('worker stopped')
} catch (error) {
  log.fatal({ reason: (error as Error).message }, 'worker failed')
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

/** Returns ids and types of a failure. Messages of activities can quote user data, so they are not logged. */
function failureOf(meta: unknown): Record<string, unknown> {
  const { workflowId, runId, activityId, activityType, attempt, error } = (meta ?? {}) as Record<string, unknown>
  const { name, type, code } = (error ?? {}) as Record<string, unknown>
  return { workflowId, runId, activityId, activityType, attempt, failure: { name, type, code } }
}

/** Finds a free port, because the SDK's exporter does not report the port that it opened. */
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
