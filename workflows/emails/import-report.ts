import { proxyActivities } from '@temporalio/workflow'
import type { MailActivities } from '../../activities/types.ts'
import { mail } from '../support/activity-options.ts'

const { sendReport } = proxyActivities<MailActivities>(mail)

/**
 * Sends the report of an import to its contact. It is a workflow of its own, so an outage of the mail server does not
 * keep the import open. It gives up after a day, because the report is stale by then.
 */
export async function importReport(importId: string, check = 1): Promise<void> {
  await sendReport.executeWithOptions({ summary: 'Send the report' }, [{ importId, check }])
}
