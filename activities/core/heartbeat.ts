import { Context } from '@temporalio/activity'

/** Milliseconds between two heartbeats, well below every heartbeat timeout. */
const HEARTBEAT_EVERY_MS = 4_000

/**
 * Sends heartbeats while one long statement runs. `details` are counts, never content.
 *
 * @throws CancelledFailure when the activity is cancelled and `work` stops at the signal
 */
export async function heartbeating<T>(details: () => unknown, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const context = Context.current()
  const timer = setInterval(() => context.heartbeat(details()), HEARTBEAT_EVERY_MS)
  context.heartbeat(details())
  try {
    return await work(context.cancellationSignal)
  } finally {
    clearInterval(timer)
  }
}
