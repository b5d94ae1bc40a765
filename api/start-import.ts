import { markWorkflowStarted } from '../db/queries/imports.ts'
import { IMPORTS_QUEUE, importWorkflowId } from '../workflows/messages.ts'
import type { ApiDeps } from './deps.ts'

/** Milliseconds that a request waits for Temporal; the dispatcher starts what it could not. */
const PATIENCE = 1_500

/**
 * Starts the workflow of an import and records that it has one. While a run is open this starts nothing; after one
 * that was terminated or forgotten it starts the next, which goes on from the database. A run of an import that has
 * ended ends at once, so that starting once too often is harmless.
 *
 * @throws ServiceError when Temporal cannot be reached
 */
export async function startImport({ db, temporal }: Pick<ApiDeps, 'db' | 'temporal'>, importId: string): Promise<void> {
  const client = await temporal()
  await client.withDeadline(Date.now() + PATIENCE, () =>
    client.workflow.start('importUsers', {
      taskQueue: IMPORTS_QUEUE,
      workflowId: importWorkflowId(importId),
      args: [importId],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      staticSummary: 'Import of people from a file',
    }),
  )
  await markWorkflowStarted(db, importId)
}
