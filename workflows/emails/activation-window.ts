import { continueAsNew, proxyActivities, setCurrentDetails, sleep, workflowInfo } from '@temporalio/workflow'
import type { Activities } from '../../activities/types.ts'
import { cleanUp } from '../support/activity-options.ts'

const { expireLinks } = proxyActivities<Activities>({
  ...cleanUp,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 seconds',
})

/** Links of one mailing run out over minutes: a sweep a minute closes them without a history event for each. */
const SHORTEST_SLEEP_MS = 60_000

/**
 * Sleeps until the activation links of a mailing run out, and expires them. A link is refused from the moment that
 * it runs out whether or not this has run: the sweep is what lists and people see.
 *
 * History: nine events for each sweep and its timer, about as many sweeps as the mailing took minutes.
 */
export async function activationWindow(mailingId: string): Promise<void> {
  for (;;) {
    const summary = 'Expire links whose time is up'
    const { nextInMs } = await expireLinks.executeWithOptions({ summary }, [{ mailingId }])
    if (nextInMs === null) return
    setCurrentDetails('Waits until the next activation links run out.')
    await sleep(Math.max(nextInMs, SHORTEST_SLEEP_MS), { summary: 'Until the next links run out' })
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof activationWindow>(mailingId)
  }
}
