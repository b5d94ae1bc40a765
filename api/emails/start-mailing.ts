import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { markMailingStarted } from '../../db/imports/unstarted.ts'
import { IMPORTS_QUEUE, mailingWorkflowId } from '../../workflows/import-messages.ts'
import type { ApiDeps } from '../http/deps.ts'

/** Milliseconds that a request waits for Temporal; the dispatcher starts what it could not. */
const PATIENCE = 1_500

/**
 * Starts the workflow that delivers a mailing, once, and records that it has one.
 *
 * @throws ServiceError when Temporal cannot be reached
 */
export async function startMailing({ db, temporal }: Pick<ApiDeps, 'db' | 'temporal'>, mailingId: string) {
  const client = await temporal()
  try {
    await client.withDeadline(Date.now() + PATIENCE, () =>
      client.workflow.start('deliverMailing', {
        taskQueue: IMPORTS_QUEUE,
        workflowId: mailingWorkflowId(mailingId),
        args: [mailingId],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        staticSummary: 'Activation e-mails that somebody asked for',
      }),
    )
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
  await markMailingStarted(db, mailingId)
}
