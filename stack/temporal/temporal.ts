import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import { type Child, startChild, stopChild, tail } from '../processes/child.ts'
import { freePort } from '../processes/ports.ts'

export interface TemporalOptions {
  /** The `temporal` tool, see find-temporal.ts. */
  binary: string
  /** Default: a free port, as for `uiPort`. */
  port?: number
  uiPort?: number
  /** The SQLite file. Without one, all data is lost when the server ends. */
  dbFile?: string
  /** Namespaces to create at the start, besides `default`. */
  namespaces?: string[]
  /** Starts no Web UI. */
  headless?: boolean
  log: string
}

export interface Temporal extends Child {
  address: string
  /** Undefined when headless. */
  uiUrl: string | undefined
  stop(): Promise<void>
}

const DYNAMIC_CONFIG = {
  // The worker uses search attributes immediately after it or another process has registered them.
  'system.forceSearchAttributesCacheRefreshOnRead': true,
  // Allows Updates, also those whose caller waits only until they are accepted.
  'frontend.enableUpdateWorkflowExecution': true,
  'frontend.enableUpdateWorkflowExecutionAsyncAccepted': true,
}

const START_TIMEOUT_MS = 60_000

/**
 * Starts a Temporal dev server on 127.0.0.1 and waits until each namespace answers.
 *
 * @throws Error with the end of its log when it does not start
 */
export async function startTemporal(options: TemporalOptions): Promise<Temporal> {
  const port = options.port ?? (await freePort())
  const uiPort = options.headless ? undefined : (options.uiPort ?? (await freePort(new Set([port]))))
  const child = await startChild(options.binary, serverArguments(options, port, uiPort), {
    log: options.log,
    // Leaves out the user's own Temporal settings.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR },
  })
  const stop = () => stopChild(child, [['SIGTERM', 10_000]])
  const address = `127.0.0.1:${port}`
  if (!(await answers(child, address, ['default', ...(options.namespaces ?? [])]))) {
    await stop()
    throw new Error(`Temporal did not start. Its log, ${options.log}, ends with:\n${await tail(options.log)}`)
  }
  return { ...child, address, uiUrl: uiPort === undefined ? undefined : `http://127.0.0.1:${uiPort}`, stop }
}

function serverArguments(options: TemporalOptions, port: number, uiPort: number | undefined): string[] {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error', '--color', 'never'],
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
    ...(options.dbFile ? ['--db-filename', options.dbFile] : []),
    ...(options.namespaces ?? []).flatMap((name) => ['--namespace', name]),
    ...Object.entries(DYNAMIC_CONFIG).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]),
  ]
}

/** Waits until each namespace answers. Returns false when the server ends first, or after the timeout. */
async function answers(child: Child, address: string, namespaces: string[]): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS
  while (!child.gone() && Date.now() < deadline) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 1000 })
      try {
        for (const namespace of namespaces) await connection.workflowService.describeNamespace({ namespace })
        return true
      } finally {
        await connection.close()
      }
    } catch {
      await sleep(100)
    }
  }
  return false
}
