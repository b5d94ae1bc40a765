import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { open } from 'node:fs/promises'

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

/** A process of ours. `exited` never rejects. */
export interface Child {
  pid: number
  exited: Promise<Exit>
  /** Whether it has ended. */
  gone(): boolean
}

export interface ChildOptions {
  env?: NodeJS.ProcessEnv
  cwd?: string
  /** Its output is appended to this file: a file, unlike a pipe, outlives us and never blocks the child. */
  log: string
  /** Whom it runs as, when not as us. */
  user?: { uid: number; gid: number } | undefined
}

/**
 * Starts a process in a process group of its own, so that Ctrl-C in the terminal reaches only us and we stop the parts
 * in the right order.
 *
 * @throws when the program cannot be executed
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
 * Ends a child: each signal in turn, with its time to act on it (milliseconds), and SIGKILL when none of them did.
 * Resolves when the process is gone.
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

/** Sends `signal` to a process that may be gone already. */
export function trySignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal)
    return true
  } catch {
    return false
  }
}

/** Whether `promise` settled within `ms` milliseconds. */
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

/** The last lines of a log, for the sentence that says why a part did not start. */
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
