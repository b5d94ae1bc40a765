import type { Io } from '../terminal/io.ts'
import { Client } from './client.ts'
import { UsageError } from './errors.ts'
import { findStack } from './find-stack.ts'
import { chooseTarget } from './target.ts'

/** Returns a client for the API that the flags, the environment or this machine's stack name, in this order. */
export async function connect(flags: { api?: string | undefined; key?: string | undefined }, io: Io): Promise<Client> {
  const complete = Boolean((flags.api ?? io.env.MUSTER_URL) && (flags.key ?? io.env.MUSTER_API_KEY))
  const stack = complete ? null : await findStack(io.env, io.cwd, import.meta.dirname)
  return new Client(chooseTarget(flags, io.env, stack))
}

/** Returns the only positional argument of a command. */
export function oneArgument(positionals: readonly string[], what: string): string {
  const [first, ...others] = positionals
  if (first === undefined || first === '') throw new UsageError(`${what} is missing.`)
  if (others.length > 0) throw new UsageError(`Only one ${what} at a time.`)
  return first
}
