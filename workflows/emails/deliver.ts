import { condition, proxyActivities, workflowInfo } from '@temporalio/workflow'
import type { MailActivities, SendEmailsResult } from '../../activities/types.ts'
import { CLAIMS_IN_FLIGHT, EMAILS_PER_CLAIM } from '../../domain/imports/limits.ts'
import { mail } from '../support/activity-options.ts'
import { inLanes, type Stoppable } from '../support/lanes.ts'

const { sendEmails } = proxyActivities<MailActivities>(mail)

export interface Courier {
  run: Stoppable
  /** Runs one claim; decides what becomes of a failure. */
  attempt(send: () => Promise<SendEmailsResult>): Promise<SendEmailsResult>
  /** Told after each claim how many e-mails this run has sent and given up. */
  delivered(total: { sent: number; failed: number }): void
}

/**
 * Delivers the e-mails of a mailing until each was accepted or has failed for good, two claims at a time; waits where
 * the mail server asked to come back later.
 *
 * @param claims most claims before the run should continue as new
 * @returns false when it stopped before the mailing was done: cancelled, or out of claims
 */
export async function deliver(mailingId: string, claims: number, courier: Courier): Promise<boolean> {
  let done = false
  let budget = claims
  const total = { sent: 0, failed: 0 }
  await inLanes(CLAIMS_IN_FLIGHT, courier.run, async () => {
    if (done || budget === 0 || workflowInfo().continueAsNewSuggested) return false
    budget -= 1
    const summary = `Send up to ${EMAILS_PER_CLAIM} e-mails`
    const { sent, failed, retryInMs } = await courier.attempt(() =>
      sendEmails.executeWithOptions({ summary }, [{ mailingId, limit: EMAILS_PER_CLAIM }]),
    )
    total.sent += sent
    total.failed += failed
    courier.delivered({ ...total })
    if (retryInMs === null) done = true
    else if (retryInMs > 0) await pauseBeforeRetry(retryInMs, () => done || courier.run.cancelled)
    return !done
  })
  return done
}

async function pauseBeforeRetry(ms: number, noNeed: () => boolean): Promise<void> {
  await condition(noNeed, ms, { summary: 'Until the mail server may be asked again' })
}
