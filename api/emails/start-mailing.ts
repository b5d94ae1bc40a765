import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { markMailingStarted } from '../../db/imports/unstarted.ts'
import { IMPORTS_QUEUE, mailingWorkflowId } from '../../workflows/import-messages.ts'
import type { ApiDeps } from '../http/deps.ts'

/** Milliseconds to wait for Temporal to start the workflow. The dispatcher tries again in its next round. */
const START_TIMEOUT_MS = 1_500

/**
 * Starts the workflow that delivers a mailing, once, and records the start.
 *
 * @throws ServiceError when Temporal cannot be reached
 */
export async function startMailing({ db, temporal }: Pick<ApiDeps, 'db' | 'temporal'>, mailingId: string) {
  const client = await temporal()
  try {
    await client.withDeadline(Date.now() + START_TIMEOUT_MS, () =>
      client.workflow.start('deliverMailing', {
        taskQueue: IMPORTS_QUEUE,
        workflowId: mailingWorkflowId(mailingId),
        args: [mailingId],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        staticSummary: 'Activation e-mails requested outside an import',
      }),
    )
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
  await markMailingStarted(db, mailingId)
}
