import type { Io } from './terminal/io.ts'

/** A command of `muster`. */
export interface Command {
  name: string
  /** One line for the overview of all commands. */
  summary: string
  /** What `muster help NAME` prints. */
  help: string
  /** @returns the exit code */
  run: (args: string[], io: Io) => Promise<number>
}

/** Options of every command that calls the API. */
export const apiOptions = {
  api: { type: 'string' },
  key: { type: 'string' },
} as const

export const apiHelp = `
      --api URL     address of the API (MUSTER_URL); without it the stack on this machine is found
      --key KEY     API key (MUSTER_API_KEY); the variable is better: others can see a command line`
