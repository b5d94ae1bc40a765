import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from './command.ts'
import { aliasCommand } from './commands/decide/alias.ts'
import { cancelCommand } from './commands/decide/cancel.ts'
import { confirmCommand } from './commands/decide/confirm.ts'
import { resumeCommand } from './commands/decide/resume.ts'
import { revalidateCommand } from './commands/decide/revalidate.ts'
import { errorsCommand } from './commands/errors.ts'
import { helpCommand } from './commands/help.ts'
import { importCommand } from './commands/import.ts'
import { listCommand } from './commands/list.ts'
import { planCommand } from './commands/plan.ts'
import { previewCommand } from './commands/preview.ts'
import { resultCommand } from './commands/result.ts'
import { statusCommand } from './commands/status.ts'
import { templatesCommand } from './commands/templates.ts'
import { ApiProblem, Unreachable, UsageError } from './http/errors.ts'
import { cloneRoot } from './http/find-stack.ts'
import { FileChanged } from './http/form.ts'
import { problemText } from './print/print-problem.ts'
import { exitCodes } from './terminal/exit-code.ts'
import { fold } from './terminal/fold.ts'
import { columnsOf, type Io, NARROW, painter } from './terminal/io.ts'

const commands: readonly Command[] = [
  templatesCommand,
  previewCommand,
  importCommand,
  statusCommand,
  listCommand,
  planCommand,
  confirmCommand,
  cancelCommand,
  resumeCommand,
  errorsCommand,
  aliasCommand,
  revalidateCommand,
  resultCommand,
]
const help = helpCommand(commands)

/** Runs the command line of this process and returns its exit code. Ctrl-C stops the command, never the import. */
export async function main(args: string[]): Promise<number> {
  const interrupt = new AbortController()
  process.once('SIGINT', () => interrupt.abort())
  return runLine(args, processIo(interrupt.signal))
}

/** Runs one command line and returns its exit code. Prints every error and never throws. */
export async function runLine([name, ...rest]: string[], io: Io): Promise<number> {
  try {
    if (name === '--version' || name === '-v') {
      io.out(`muster ${await version()}\n`)
      return exitCodes.done
    }
    if (name === undefined) {
      await help.run([], { ...io, out: io.err })
      return exitCodes.usage
    }
    return await choose(name, rest).run(io)
  } catch (error) {
    return io.signal.aborted ? exitCodes.interrupted : explain(error, name, io)
  }
}

function choose(name: string, rest: string[]): { run: (io: Io) => Promise<number> } {
  if (['help', '--help', '-h'].includes(name)) return { run: (io) => help.run(rest, io) }
  const command = commands.find((candidate) => candidate.name === name)
  if (!command) throw new UsageError(`There is no command ${name}.`)
  const asked = rest.includes('--help') || rest.includes('-h')
  return { run: (io) => (asked ? help.run([command.name], io) : command.run(rest, io)) }
}

function explain(error: unknown, name: string | undefined, io: Io): number {
  const paint = painter(io.stderr, io.env)
  if (error instanceof ApiProblem) {
    io.err(problemText(error.problem, paint, columnsOf(io.stderr)))
    if (error.problem.status >= 500 && error.requestId)
      io.err(`  Request ${error.requestId}: look for it in the API's log.\n`)
    return error.exitCode
  }
  const usage = error instanceof UsageError || isParseArgsError(error)
  const expected = usage || error instanceof Unreachable || error instanceof FileChanged
  const message = error instanceof Error ? error.message : String(error)
  io.err(`${paint('red', '✗')} ${expected ? '' : 'Unexpected: '}${message}\n`)
  if (!usage) return exitCodes.unexpected
  const known = commands.some((command) => command.name === name)
  io.err(`See muster help${known ? ` ${name}` : ''}.\n`)
  return exitCodes.usage
}

function isParseArgsError(error: unknown): boolean {
  return error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')
}

function processIo(signal: AbortSignal): Io {
  const { stdin, stdout, stderr, env } = process
  // In `muster list | head`, the reader closes the pipe early, which is not a failure.
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : exitCodes.unexpected))
  const out = (text: string) => void stdout.write(fitting(text, stdout))
  const err = (text: string) => void stderr.write(fitting(text, stderr))
  return { out, err, stdin, stdout, stderr, env, cwd: process.cwd(), signal }
}

/** Folds text for a terminal. Files and other programs get every line unchanged. */
function fitting(text: string, { isTTY, columns }: NodeJS.WriteStream): string {
  return isTTY && columns > NARROW ? fold(text, columns) : text
}

async function version(): Promise<string> {
  const root = await cloneRoot(import.meta.dirname)
  const text = root === null ? '{}' : await readFile(join(root, 'package.json'), 'utf8')
  return String((JSON.parse(text) as { version?: string }).version ?? 'unknown')
}
