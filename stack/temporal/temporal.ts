import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import { type Child, startChild, stopChild, tail } from '../processes/child.ts'
import { freePort } from '../processes/ports.ts'

export interface TemporalOptions {
  /** The `temporal` tool, see find-temporal.ts. */
  binary: string
  /** Default: free ones. */
  port?: number
  uiPort?: number
  /** The SQLite file; without one everything is forgotten when the server ends. */
  dbFile?: string
  /** Made at the start beside `default`. */
  namespaces?: string[]
  /** Without the Web UI. */
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
  // The worker registers its search attributes at its start and uses them at once, also those that another process made.
  'system.forceSearchAttributesCacheRefreshOnRead': true,
  // Updates that were accepted but not answered when a worker died are kept in the history's limits either way.
  'frontend.enableUpdateWorkflowExecution': true,
  'frontend.enableUpdateWorkflowExecutionAsyncAccepted': true,
}

const START_LIMIT_MS = 60_000

/**
 * Starts a Temporal dev server on 127.0.0.1 and waits until each namespace answers.
 *
 * @throws with the end of its log when it does not come up
 */
export async function startTemporal(options: TemporalOptions): Promise<Temporal> {
  const port = options.port ?? (await freePort())
  const uiPort = options.headless ? undefined : (options.uiPort ?? (await freePort(new Set([port]))))
  const child = await startChild(options.binary, serverArguments(options, port, uiPort), {
    log: options.log,
    // Settings of the user's own Temporal environment are none of this server's business.
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

/** Waits until each namespace can be described; false when the server ended, or is still silent at the limit. */
async function answers(child: Child, address: string, namespaces: string[]): Promise<boolean> {
  const deadline = Date.now() + START_LIMIT_MS
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
