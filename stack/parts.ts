import { existsSync, statSync, truncateSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startPostgres } from './postgres/postgres.ts'
import { ALLOCATOR } from './processes/allocator.ts'
import { type Child, startChild, stopChild, tail, within } from './processes/child.ts'
import type { Part, Running } from './processes/supervise.ts'
import { type Ports, ROOT } from './settings.ts'
import type { PartName } from './stack-info.ts'
import { findTemporal } from './temporal/find-temporal.ts'

/** The settings that all parts of a stack share. */
export interface Stack {
  dataDir: string
  ports: Ports
  /** The environment of Muster's own programs. */
  env: NodeJS.ProcessEnv
}

const MAX_LOG_BYTES = 10 * 1024 * 1024

/** Returns the log of a part. Empties it first if it has become too large. */
export function logOf(dataDir: string, name: PartName | 'migrate' | 'demo'): string {
  const log = join(dataDir, 'logs', `${name}.log`)
  if (existsSync(log) && statSync(log).size > MAX_LOG_BYTES) truncateSync(log)
  return log
}

/** @param onStarted receives the database's URL after each start. It is always the same */
export function postgresPart({ dataDir, ports }: Stack, onStarted: (url: string) => void): Part {
  const log = logOf(dataDir, 'postgres')
  const start = async () => {
    const server = await startPostgres({ dataDir, port: ports.postgres, log })
    onStarted(server.url)
    return server
  }
  return { name: 'postgres', log, start }
}

export function temporalPart({ dataDir, ports, env }: Stack): Part {
  const log = logOf(dataDir, 'temporal')
  const start = async () => {
    const binary = findTemporal()
    if (!binary) throw new Error('The Temporal server was not found. Run `node stack/setup.mjs`.')
    // Loaded here, because a stack with an external Temporal server does not need it.
    const { startTemporal } = await import('./temporal/temporal.ts')
    const dbFile = join(dataDir, 'temporal.db')
    const namespaces = env.TEMPORAL_NAMESPACE ? [env.TEMPORAL_NAMESPACE] : []
    return await startTemporal({ binary, port: ports.temporal, uiPort: ports.temporalUi, dbFile, namespaces, log })
  }
  return { name: 'temporal', log, start }
}

/** The mail catcher: an SMTP server that keeps its e-mails in a folder and shows them in a browser. */
export function mailPart({ dataDir, ports }: Stack): Part {
  const log = logOf(dataDir, 'mail')
  const directory = join(dataDir, 'mail')
  const program = join(createRequire(import.meta.url).resolve('maildev/package.json'), '..', 'bin', 'maildev')
  const start = async () => {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const addresses = [
      '--ip',
      '127.0.0.1',
      '--smtp',
      `${ports.smtp}`,
      '--web-ip',
      '127.0.0.1',
      '--web',
      `${ports.inbox}`,
    ]
    const args = [program, '--mail-directory', directory, '--silent', ...addresses]
    const child = await startChild(process.execPath, args, { log })
    const running = stoppable(child, 3000)
    for (const port of [ports.smtp, ports.inbox])
      if (!(await listening(child, port))) await failed('mail', running, log)
    return running
  }
  return { name: 'mail', log, start }
}

/** One of Muster's own programs. It gets a SIGTERM and then `graceMs` to finish its work. */
export function ownPart(stack: Stack, name: 'api' | 'worker', graceMs: number): Part {
  const log = logOf(stack.dataDir, name)
  const program = join(ROOT, 'dist', name, 'main.js')
  const start = async () => {
    const env = { ...ALLOCATOR, ...stack.env }
    return stoppable(await startChild(process.execPath, [program], { env, cwd: ROOT, log }), graceMs)
  }
  return { name, log, start }
}

const RUN_TIMEOUT_MS = 600_000

/**
 * Runs one of Muster's own programs to its end.
 *
 * @throws Error with the end of its log when it fails
 */
export async function runToEnd(stack: Stack, name: 'migrate' | 'demo', signal: AbortSignal): Promise<void> {
  const log = logOf(stack.dataDir, name)
  const child = await startChild(process.execPath, [join(ROOT, 'dist', 'db', `${name}.js`)], {
    env: stack.env,
    cwd: ROOT,
    log,
  })
  const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  await within(Promise.race([child.exited, aborted]), RUN_TIMEOUT_MS)
  await stopChild(child, [['SIGTERM', 5000]])
  signal.throwIfAborted()
  const { code } = await child.exited
  if (code !== 0) throw new Error(`db/${name} failed. Its log, ${log}, ends with:\n${await tail(log)}`)
}

function stoppable(child: Child, graceMs: number): Running {
  return { ...child, stop: () => stopChild(child, [['SIGTERM', graceMs]]) }
}

async function failed(name: PartName, running: Running, log: string): Promise<never> {
  await running.stop()
  throw new Error(`The ${name} part did not start. Its log, ${log}, ends with:\n${await tail(log)}`)
}

const LISTEN_TIMEOUT_MS = 30_000

/** Waits until `port` accepts connections. Returns false when the process ends first, or after the timeout. */
async function listening(child: Child, port: number): Promise<boolean> {
  const deadline = Date.now() + LISTEN_TIMEOUT_MS
  while (!child.gone() && Date.now() < deadline) {
    if (await canConnect(port)) return true
    await sleep(50)
  }
  return false
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
