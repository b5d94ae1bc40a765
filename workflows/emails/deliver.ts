import { condition, proxyActivities, workflowInfo } from '@temporalio/workflow'
import type { MailActivities, SendEmailsResult } from '../../activities/types.ts'
import { CLAIMS_IN_FLIGHT, EMAILS_PER_CLAIM } from '../../domain/imports/limits.ts'
import { mail } from '../support/activity-options.ts'
import { inLanes, type Stoppable } from '../support/lanes.ts'

const { sendEmails } = proxyActivities<MailActivities>(mail)

export interface Courier {
  run: Stoppable
  /** Runs one claim and handles its failure. */
  attempt(send: () => Promise<SendEmailsResult>): Promise<SendEmailsResult>
  /** Called after each claim with the e-mails that this run has sent, and those that failed. */
  delivered(total: { sent: number; failed: number }): void
}

/**
 * Delivers the e-mails of a mailing, two claims at a time, until each is accepted or has failed permanently. It waits when
 * the mail server asks for a retry later.
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
  await condition(noNeed, ms, { summary: 'Until the next e-mail may be retried' })
}
