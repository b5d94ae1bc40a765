import type { Import } from '../types.ts'

/** The exit codes of `muster`, so that a script can react to the outcome of an import (docs/command-line.md). */
export const exitCodes = {
  done: 0,
  unexpected: 1,
  usage: 2,
  rejected: 3,
  withErrors: 4,
  waiting: 5,
  ended: 6,
  interrupted: 130,
} as const

/** Returns the exit code for the status of an import. A running import is not a failure. */
export function exitCodeOf(found: Import): number {
  switch (found.status) {
    case 'completed':
      return found.counts.invalid > 0 || found.counts.emails.failed > 0 ? exitCodes.withErrors : exitCodes.done
    case 'rejected':
      return exitCodes.rejected
    case 'paused':
    case 'review':
      return exitCodes.waiting
    case 'cancelled':
    case 'failed':
      return exitCodes.ended
    default:
      return exitCodes.done
  }
}
