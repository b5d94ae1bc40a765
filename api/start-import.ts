import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { markWorkflowStarted } from '../db/queries/imports.ts'
import { IMPORTS_QUEUE, importWorkflowId } from '../workflows/messages.ts'
import type { ApiDeps } from './deps.ts'

/** Milliseconds that a request waits for Temporal; the dispatcher has more patience. */
const PATIENCE = 3_000

/**
 * Starts the workflow of an import and records that it has one. Called twice it starts one run; with `again`, a run
 * that has closed is followed by a new one, which goes on from the database.
 *
 * @throws ServiceError when Temporal cannot be reached
 */
export async function startImport({ db, temporal }: Pick<ApiDeps, 'db' | 'temporal'>, importId: string, again = false) {
  const client = await temporal()
  try {
    await client.withDeadline(Date.now() + PATIENCE, () =>
      client.workflow.start('importUsers', {
        taskQueue: IMPORTS_QUEUE,
        workflowId: importWorkflowId(importId),
        args: [importId],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: again ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
        staticSummary: 'Import of people from a file',
      }),
    )
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
  await markWorkflowStarted(db, importId)
}
