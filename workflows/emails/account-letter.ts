import { proxyActivities } from '@temporalio/workflow'
import type { MailActivities } from '../../activities/types.ts'
import { mail } from '../support/activity-options.ts'

const { sendAccountLetter } = proxyActivities<MailActivities>(mail)

/**
 * Sends somebody the link by which they choose the password of their console account: an invitation, or after the old
 * one was forgotten. The history knows the link's id only; who gets it and its secret are found when it is sent. Given
 * up after a day: whoever waits for it has asked again by then.
 */
export async function accountLetter(linkId: string): Promise<void> {
  await sendAccountLetter.executeWithOptions({ summary: 'Send the letter' }, [{ linkId }])
}
