import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { open } from 'node:fs/promises'

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

/** A process that the stack started. `exited` never rejects. */
export interface Child {
  pid: number
  exited: Promise<Exit>
  /** Returns whether the process has ended. */
  gone(): boolean
}

export interface ChildOptions {
  env?: NodeJS.ProcessEnv
  cwd?: string
  /** The file that its output is appended to. A file, unlike a pipe, outlives the supervisor and never blocks the child. */
  log: string
  /** The system user of the process. Default: the supervisor's own. */
  user?: { uid: number; gid: number } | undefined
}

/**
 * Starts a process in its own process group. Ctrl-C in the terminal then reaches only the supervisor, which stops the
 * parts in the right order.
 *
 * @throws Error when the program cannot be executed
 */
export async function startChild(command: string, args: string[], options: ChildOptions): Promise<Child> {
  const log = openSync(options.log, 'a', 0o600)
  try {
    const child = spawn(command, args, {
      env: options.env ?? process.env,
      cwd: options.cwd,
      detached: true,
      stdio: ['ignore', log, log],
      ...options.user,
    })
    return await started(child)
  } finally {
    closeSync(log)
  }
}

async function started(child: ChildProcess): Promise<Child> {
  let ended = false
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      ended = true
      resolve({ code, signal })
    })
  })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })
  if (child.pid === undefined) throw new Error(`${child.spawnfile} did not start.`)
  return { pid: child.pid, exited, gone: () => ended }
}

/**
 * Ends a child. Sends each signal in turn and waits its number of milliseconds, then sends SIGKILL. Resolves when the
 * process has ended.
 */
export async function stopChild(child: Child, steps: [NodeJS.Signals, number][]): Promise<void> {
  for (const [signal, grace] of steps) {
    if (child.gone()) return
    trySignal(child.pid, signal)
    if (await within(child.exited, grace)) return
  }
  if (!child.gone()) trySignal(child.pid, 'SIGKILL')
  await child.exited
}

/** Sends `signal` to a process that may have ended. Returns false if it has. */
export function trySignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal)
    return true
  } catch {
    return false
  }
}

/** Returns whether `promise` resolves within `ms` milliseconds. */
export async function within(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, ms, false)
  })
  try {
    return await Promise.race([promise.then(() => true as const), late])
  } finally {
    clearTimeout(timer)
  }
}

/** Returns the last lines of a log, for the error message of a part that did not start. */
export async function tail(path: string, lines = 5): Promise<string> {
  const file = await open(path, 'r').catch(() => undefined)
  if (!file) return ''
  try {
    const { size } = await file.stat()
    const length = Math.min(size, 8192)
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n')
  } finally {
    await file.close()
  }
}
