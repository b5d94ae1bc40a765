import { UsageError } from '../http/errors.ts'
import type { Io } from '../terminal/io.ts'
import type { GivenOptions } from './import-options.ts'

/**
 * Adds the shared password to options that need one: from `MUSTER_DEFAULT_PASSWORD`, or typed twice without an echo. On
 * the command line, every user of the machine could read it, and the shell would keep it in its history.
 *
 * @throws UsageError without a terminal to ask at, or when the two typed passwords differ
 */
export async function withPassword(options: GivenOptions, io: Io): Promise<GivenOptions> {
  const { passwords } = options
  const set = typeof passwords === 'object' && passwords !== null ? (passwords as GivenOptions).set : undefined
  if (set !== 'default') return options
  const password = io.env.MUSTER_DEFAULT_PASSWORD || (await typed(io))
  return { ...options, passwords: { ...(passwords as GivenOptions), default: password } }
}

async function typed(io: Io): Promise<string> {
  if (io.stdin.isTTY !== true) throw new UsageError('One password for all is asked for: set MUSTER_DEFAULT_PASSWORD.')
  const first = await askHidden('Password for everybody in the file: ', io)
  const second = await askHidden('The same again: ', io)
  if (first !== second) throw new UsageError('Two different passwords were typed.')
  return first
}

/** Return, line feed, and Ctrl-D. */
const ENTER = '\r\n\u0004'
/** Backspace. Terminals send one of these two. */
const ERASE = '\u0008\u007f'
const CTRL_C = '\u0003'

/** Reads a line from the terminal without an echo. */
function askHidden(question: string, { stdin, err, signal }: Io): Promise<string> {
  err(question)
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  stdin.resume()
  let line: string[] = []
  return new Promise<string>((resolve, reject) => {
    const end = (settle: () => void) => {
      stdin.off('data', take)
      signal.removeEventListener('abort', stop)
      stdin.setRawMode(false)
      stdin.pause()
      err('\n')
      settle()
    }
    const stop = () => end(() => reject(signal.reason ?? new Error('Interrupted.')))
    const take = (text: string) => {
      for (const character of text) {
        if (ENTER.includes(character)) return end(() => resolve(line.join('')))
        // A terminal in raw mode sends no signal for Ctrl-C. This sends it, and `signal` then aborts.
        if (character === CTRL_C) return void process.kill(process.pid, 'SIGINT')
        line = ERASE.includes(character) ? line.slice(0, -1) : [...line, character]
      }
    }
    signal.addEventListener('abort', stop)
    stdin.on('data', take)
  })
}
