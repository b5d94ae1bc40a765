import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const script = join(import.meta.dirname, '../../cli/muster.ts')

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** Starts the real command in a process of its own. Its only Muster variables are those in `env`. */
export function startMuster(args: string[], env: Record<string, string> = {}, cwd?: string) {
  const child: ChildProcess = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const ended = Promise.all([exited, text(child.stdout!), text(child.stderr!)]).then(
    ([code, stdout, stderr]): Ended => ({ code, stdout, stderr }),
  )
  return { child, ended }
}

export function runMuster(args: string[], env: Record<string, string> = {}, cwd?: string): Promise<Ended> {
  return startMuster(args, env, cwd).ended
}
