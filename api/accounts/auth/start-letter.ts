import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { markLetterStarted } from '../../../db/accounts/account-links.ts'
import { accountLetterWorkflowId, IMPORTS_QUEUE } from '../../../workflows/import-messages.ts'
import type { ApiDeps } from '../../http/deps.ts'

/** How long a start waits for Temporal. After a failure, the dispatcher starts the workflow later. */
const START_TIMEOUT_MS = 1_500

/**
 * Starts the workflow that sends the e-mail with an administrator's link. A second call for the same link has no effect.
 *
 * @throws ServiceError when Temporal cannot be reached
 */
export async function startLetter({ db, temporal }: Pick<ApiDeps, 'db' | 'temporal'>, linkId: string): Promise<void> {
  const client = await temporal()
  try {
    await client.withDeadline(Date.now() + START_TIMEOUT_MS, () =>
      client.workflow.start('accountLetter', {
        taskQueue: IMPORTS_QUEUE,
        workflowId: accountLetterWorkflowId(linkId),
        args: [linkId],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        staticSummary: 'E-mail to an administrator',
      }),
    )
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
  await markLetterStarted(db, linkId)
}
