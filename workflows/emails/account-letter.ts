import { proxyActivities } from '@temporalio/workflow'
import type { MailActivities } from '../../activities/types.ts'
import { mail } from '../support/activity-options.ts'

const { sendAccountLetter } = proxyActivities<MailActivities>(mail)

/**
 * Sends an administrator the link that sets a password, for an invitation or a forgotten password. The history has only
 * the id of the link. The activity finds the recipient and derives the secret. The workflow gives up after a day, because
 * the administrator has requested another link by then.
 */
export async function accountLetter(linkId: string): Promise<void> {
  await sendAccountLetter.executeWithOptions({ summary: 'Send the account e-mail' }, [{ linkId }])
}
