import { continueAsNew, proxyActivities, setCurrentDetails, sleep, workflowInfo } from '@temporalio/workflow'
import type { Activities } from '../../activities/types.ts'
import { cleanUp } from '../support/activity-options.ts'

const { expireLinks } = proxyActivities<Activities>({
  ...cleanUp,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 seconds',
})

/** Links of one mailing expire over minutes. One sweep a minute closes them without a history event for each. */
const SHORTEST_SLEEP_MS = 60_000

/**
 * Sleeps until the activation links of a mailing expire, then marks them. A link is refused as soon as it expires, with
 * or without this sweep. Lists show the result of the sweep.
 *
 * History: nine events for each sweep and its timer, about as many sweeps as the mailing took minutes.
 */
export async function activationWindow(mailingId: string): Promise<void> {
  for (;;) {
    const summary = 'Mark expired links'
    const { nextInMs } = await expireLinks.executeWithOptions({ summary }, [{ mailingId }])
    if (nextInMs === null) return
    setCurrentDetails('Waits until the next activation links expire.')
    await sleep(Math.max(nextInMs, SHORTEST_SLEEP_MS), { summary: 'Until the next links expire' })
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof activationWindow>(mailingId)
  }
}
