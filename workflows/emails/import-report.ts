import { proxyActivities } from '@temporalio/workflow'
import type { MailActivities } from '../../activities/types.ts'
import { mail } from '../support/activity-options.ts'

const { sendReport } = proxyActivities<MailActivities>(mail)

/**
 * Tells the person who started an import how it ended. A workflow of its own, so that a mail server that is away
 * for hours does not keep the import open; given up after a day, because the note is stale by then.
 */
export async function importReport(importId: string, check = 1): Promise<void> {
  await sendReport.executeWithOptions({ summary: 'Send the note to who started the import' }, [{ importId, check }])
}
