import { markWorkflowStarted } from '../../../db/imports/imports.ts'
import { IMPORTS_QUEUE, importWorkflowId } from '../../../workflows/import-messages.ts'
import type { ApiDeps } from '../../http/deps.ts'

/** Milliseconds that a request waits for Temporal; the dispatcher starts what it could not. */
const PATIENCE = 1_500

/** How the workflow of an import is started, whoever does it. While a run is open this starts nothing. */
export const startOptions = (importId: string) => ({
  taskQueue: IMPORTS_QUEUE,
  workflowId: importWorkflowId(importId),
  args: [importId],
  workflowIdConflictPolicy: 'USE_EXISTING' as const,
  workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
  staticSummary: 'Import of people from a file',
})

/**
 * Starts the workflow of an import and records that it has one. While a run is open this starts nothing; after one
 * that was terminated or forgotten it starts the next, which goes on from the database. A run of an import that has
 * ended ends at once, so that starting once too often is harmless.
 *
 * @throws ServiceError when Temporal cannot be reached
 */
export async function startImport({ db, temporal }: Pick<ApiDeps, 'db' | 'temporal'>, importId: string): Promise<void> {
  const client = await temporal()
  await client.withDeadline(Date.now() + PATIENCE, () => client.workflow.start('importUsers', startOptions(importId)))
  await markWorkflowStarted(db, importId)
}
