import { markWorkflowStarted } from '../../../db/imports/imports.ts'
import { IMPORTS_QUEUE, importWorkflowId } from '../../../workflows/import-messages.ts'
import type { ApiDeps } from '../../http/deps.ts'

/** Milliseconds that a request waits for Temporal to start the workflow. After that, the dispatcher starts it. */
const START_TIMEOUT_MS = 1_500

/** Start options of an import's workflow. With these, a start does nothing while a run is open. */
export const startOptions = (importId: string) => ({
  taskQueue: IMPORTS_QUEUE,
  workflowId: importWorkflowId(importId),
  args: [importId],
  workflowIdConflictPolicy: 'USE_EXISTING' as const,
  workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
  staticSummary: 'Import of people from a file',
})

/**
 * Starts the workflow of an import and records the start. Does nothing while a run is open. If the last run was
 * terminated, or Temporal's retention deleted it, the new run continues from the database. A run of an import that
 * has ended closes immediately, so an extra start is harmless.
 *
 * @throws ServiceError when Temporal cannot be reached
 */
export async function startImport({ db, temporal }: Pick<ApiDeps, 'db' | 'temporal'>, importId: string): Promise<void> {
  const client = await temporal()
  const deadline = Date.now() + START_TIMEOUT_MS
  await client.withDeadline(deadline, () => client.workflow.start('importUsers', startOptions(importId)))
  await markWorkflowStarted(db, importId)
}

/** Starts the workflow of a committed import. If that fails, logs the reason and leaves the start to the dispatcher. */
export async function startNowOrLater(deps: Pick<ApiDeps, 'db' | 'temporal' | 'log'>, importId: string): Promise<void> {
  await startImport(deps, importId).catch((error: Error) => {
    deps.log.warn({ importId, reason: error.name }, 'could not start the import, the dispatcher will start it')
  })
}
