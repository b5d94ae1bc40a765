import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { markLetterStarted } from '../../../db/accounts/account-links.ts'
import { accountLetterWorkflowId, IMPORTS_QUEUE } from '../../../workflows/import-messages.ts'
import type { ApiDeps } from '../../http/deps.ts'

/** Milliseconds that a start may take; the dispatcher does what could not be done. */
const PATIENCE = 1_500

/**
 * Starts the workflow that sends the letter of an account's link, once.
 *
 * @throws ServiceError when Temporal cannot be reached
 */
export async function startLetter({ db, temporal }: Pick<ApiDeps, 'db' | 'temporal'>, linkId: string): Promise<void> {
  const client = await temporal()
  try {
    await client.withDeadline(Date.now() + PATIENCE, () =>
      client.workflow.start('accountLetter', {
        taskQueue: IMPORTS_QUEUE,
        workflowId: accountLetterWorkflowId(linkId),
        args: [linkId],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        staticSummary: 'A letter to somebody with an account of the console',
      }),
    )
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
  await markLetterStarted(db, linkId)
}
