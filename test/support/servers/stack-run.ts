import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { trySignal, within } from '../../../stack/processes/child.ts'
import type { StackInfo } from '../../../stack/stack-info.ts'
import { makeDataDir } from './stack-leftovers.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

/** Environment variables that would make the stack use parts other than its own, or listen on a port in use. */
const NOT_FROM_OUTSIDE =
  /^(MUSTER_|DATABASE_URL|TEMPORAL_|SMTP_|INBOX_|POSTGRES_PORT|WORKER_|PORT$|PUBLIC_URL|SIGN_IN_URL|LINK_HOURS|MAIL_FROM)/

/** Long enough for a setup that builds first, on a busy machine. */
const START_MS = 110_000
const STOP_MS = 60_000

export interface TestStack {
  dataDir: string
  /** The state when the stack became ready. `read` returns the current state. */
  info: StackInfo
  /** The process id of the supervisor. */
  pid: number
  read(): Promise<StackInfo>
  /** Returns everything that the stack has printed. */
  output(): string
  /**
   * Ends the stack as Ctrl-C or SIGTERM does, and deletes its data unless `keepData` is set.
   *
   * @throws when the stack does not end cleanly
   */
  stop(options?: { keepData?: boolean; signal?: 'SIGINT' | 'SIGTERM' }): Promise<void>
}

export interface RunOptions {
  env?: NodeJS.ProcessEnv
  /** A new temporary folder by default. */
  dataDir?: string
  /** Runs npm itself, which is half a second slower. `pid` is then the process id of npm. */
  npm?: boolean
}

/**
 * Runs `npm start`, or the program that it runs, with its own data folder and free ports, and waits until the stack is
 * ready.
 */
export async function startStack({ env = {}, dataDir, npm = false }: RunOptions = {}): Promise<TestStack> {
  const folder = dataDir ?? (await makeDataDir())
  const outside = Object.entries(process.env).filter(([name]) => !NOT_FROM_OUTSIDE.test(name))
  const [program, ...args] = npm ? ['npm', 'start'] : [process.execPath, join(ROOT, 'stack', 'setup.mjs'), '--start']
  const child = spawn(program, args, {
    cwd: ROOT,
    // The stack ends by itself when this process is killed, as under `npm start`.
    env: { ...Object.fromEntries(outside), PORT: '0', MUSTER_DATA_DIR: folder, npm_lifecycle_event: 'start', ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const exited = once(child, 'exit')
  const pid = child.pid ?? 0
  const read = async (): Promise<StackInfo> => JSON.parse(await readFile(join(folder, 'stack.json'), 'utf8'))

  const stop: TestStack['stop'] = async ({ keepData = false, signal = 'SIGTERM' } = {}) => {
    trySignal(pid, signal)
    const ended = await within(exited, STOP_MS)
    if (!ended) trySignal(pid, 'SIGINT')
    await exited
    if (!keepData) await deleteData(folder)
    if (!ended || child.exitCode !== 0) throw new Error(`The stack did not stop cleanly:\n${output}`)
  }

  const ready = Date.now() + START_MS
  while (child.exitCode === null && !(existsSync(join(folder, 'stack.json')) && output.includes('Ctrl-C stops it'))) {
    if (Date.now() > ready) {
      await stop({ keepData: true }).catch(() => undefined)
      throw new Error(`The stack did not become ready; its data folder is ${folder}. It said:\n${output}`)
    }
    await Promise.race([sleep(50), exited])
  }
  if (child.exitCode !== null) {
    if (!dataDir) await deleteData(folder)
    throw new Error(`The stack ended with ${child.exitCode}:\n${output}`)
  }
  return { dataDir: folder, info: await read(), pid, read, output: () => output, stop }
}

/** Deletes a data folder, and the database files if they are in another folder. */
async function deleteData(folder: string): Promise<void> {
  const kept = await readFile(join(folder, 'postgres.json'), 'utf8').catch(() => undefined)
  if (kept) await rm(JSON.parse(kept).cluster, { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
}
