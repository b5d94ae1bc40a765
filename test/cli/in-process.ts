import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { runLine } from '../../cli/main.ts'
import type { Io } from '../../cli/terminal/io.ts'
import type { Ended } from './run-muster.ts'

/**
 * Runs a command line in this process. A process of its own would take seconds to start.
 *
 * @param more other parts of the environment, such as a terminal or a signal
 */
export async function muster(args: string[], env: Record<string, string>, more: Partial<Io> = {}): Promise<Ended> {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const printed = Promise.all([text(stdout), text(stderr)])
  const code = await runLine(args, {
    out: (line) => void stdout.write(line),
    err: (line) => void stderr.write(line),
    stdin: { isTTY: false } as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    env,
    cwd: process.cwd(),
    signal: new AbortController().signal,
    ...more,
  })
  stdout.end()
  stderr.end()
  const [out, err] = await printed
  return { code, stdout: out, stderr: err }
}
