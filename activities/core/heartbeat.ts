import { Context } from '@temporalio/activity'

/** How often a waiting activity reports that it lives: well below every heartbeat timeout. */
const EVERY_MS = 4_000

/**
 * Keeps an activity's heartbeat going while one long statement runs. `details` are counts, never content.
 *
 * @throws CancelledFailure as soon as the activity is cancelled, and lets `work` know through the signal
 */
export async function heartbeating<T>(details: () => unknown, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const context = Context.current()
  const timer = setInterval(() => context.heartbeat(details()), EVERY_MS)
  context.heartbeat(details())
  try {
    return await work(context.cancellationSignal)
  } finally {
    clearInterval(timer)
  }
}
