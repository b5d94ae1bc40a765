import { relative } from 'node:path'
import { RunningStack } from './stack.ts'
import type { StackInfo } from './stack-info.ts'

const say = (text: string) => void process.stdout.write(`muster: ${text}\n`)

/**
 * Milliseconds after which a second Ctrl-C counts. The terminal signals this process directly, and npm sends the same
 * Ctrl-C again.
 */
const ECHO_MS = 1000

/** Runs the whole stack until Ctrl-C, SIGTERM or the end of its terminal. */
export async function main(): Promise<void> {
  const began = Date.now()
  const stack = new RunningStack(process.env, say)
  const stopping = stopOnSignals(stack)
  say('Starting. This takes 5 s, the first time 15 s.')
  try {
    const info = await stack.start()
    process.stdout.write(welcome(info, stack.dataDir, Date.now() - began))
  } catch (error) {
    if (!stopping()) await failed(stack, error)
  }
}

async function failed(stack: RunningStack, error: unknown): Promise<never> {
  process.stderr.write(`muster: ${error instanceof Error ? error.message : String(error)}\n`)
  await stack.stop()
  process.exit(1)
}

/** @returns a function that returns whether the stack is stopping */
function stopOnSignals(stack: RunningStack): () => boolean {
  let since: number | undefined
  const stop = (signal: NodeJS.Signals) => {
    if (since === undefined) {
      since = Date.now()
      say('Stopping. Press Ctrl-C again to end everything immediately.')
      void stack.stop().then(
        () => process.exit(0),
        (error) => failed(stack, error),
      )
    } else if (signal === 'SIGINT' && Date.now() - since > ECHO_MS) {
      stack.kill()
      process.exit(130)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  whenOrphaned(() => stop('SIGTERM'))
  // A bug in the supervisor must not leave a server running.
  process.on('exit', () => stack.kill())
  return () => since !== undefined
}

const PARENT_CHECK_MS = 1000

/** Stops the stack when npm is killed. npm passes on every signal except SIGKILL. */
function whenOrphaned(then: () => void): void {
  if (process.env.npm_lifecycle_event !== 'start') return
  const parent = process.ppid
  const check = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(check)
    then()
  }, PARENT_CHECK_MS)
  check.unref()
}

function welcome(info: StackInfo, dataDir: string, ms: number): string {
  const rows: [string, string | null][] = [
    ['Console', info.api],
    ['API docs', `${info.api}/docs`],
    ['Temporal UI', info.temporalUi],
    ['Inbox', info.inbox],
    ['Sign-in', `${info.admin.email}  ${info.admin.password}`],
    ['API key', info.apiKey],
    ['Data, logs', relative(process.cwd(), dataDir) || dataDir],
  ]
  const lines = rows.filter(([, value]) => value !== null).map(([name, value]) => `  ${name.padEnd(12)}${value}`)
  const ready = `Muster is ready after ${(ms / 1000).toFixed(1)} s.`
  return `\n${ready}\n\n${lines.join('\n')}\n\n  Try:  npx muster import examples/onboarding.csv --watch\n  Ctrl-C stops it.\n\n`
}
