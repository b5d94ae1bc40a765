import { WithStartWorkflowOperation, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client'
import { recordDecision } from '../../../db/imports/decisions.ts'
import type { ImportRecord } from '../../../db/imports/imports.ts'
import { canRecheck } from '../../../domain/imports/transitions.ts'
import { type CheckDecision, revalidateUpdate } from '../../../workflows/import-messages.ts'
import type { Caller } from '../../http/caller.ts'
import { auditName } from '../../http/caller.ts'
import type { ApiDeps } from '../../http/deps.ts'
import { ApiProblem } from '../../http/problems.ts'
import { startOptions } from './start-import.ts'
import { DECISION_TIMEOUT_MS, importMovedOn, isUnanswered, rejectionMessage, unanswered } from './update-failures.ts'

/**
 * Rechecks the stored file of an import that was rejected, was a dry run, or is in review.
 *
 * Sends the Update to the import's workflow, and starts the workflow in the same request if no run is open. Temporal
 * accepts both or neither, so a killed process cannot leave one without the other. The workflow asks the database,
 * which decides. If several requests recheck the same result at once, one starts the recheck and all get an answer.
 *
 * @throws ApiProblem 409 when the import's state does not allow a recheck, 503 when the workflow does not answer
 */
export async function revalidate(deps: ApiDeps, entry: ImportRecord, caller: Caller): Promise<void> {
  const { status, options, confirmed_at } = entry
  const recheckable = canRecheck({ status, dryRun: options.dryRun, decided: confirmed_at !== null })
  if (!recheckable) throw notAllowed(`The import is ${status}.`)
  await recordDecision(deps.db, entry.id, 'revalidate', caller.name)
  const client = await deps.temporal()
  const deadline = Date.now() + (deps.decisionTimeoutMs ?? DECISION_TIMEOUT_MS)
  const args: [CheckDecision] = [{ by: auditName(caller), check: entry.checks }]
  const send = () =>
    client.withDeadline(deadline, () =>
      client.workflow.executeUpdateWithStart(revalidateUpdate, {
        args,
        startWorkflowOperation: new WithStartWorkflowOperation('importUsers', startOptions(entry.id)),
      }),
    )
  try {
    // The run may close before it handles the Update. The second attempt then starts a new run.
    await send().catch((error) => (error instanceof WorkflowNotFoundError ? send() : Promise.reject(error)))
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) throw problemOfUpdate(error)
    if (!isUnanswered(error)) throw error
    throw await unanswered(client)
  }
}

function problemOfUpdate(error: WorkflowUpdateFailedError): ApiProblem {
  const message = rejectionMessage(error, ['cannot-revalidate'])
  return message === null ? importMovedOn() : notAllowed(message)
}

function notAllowed(state: string): ApiProblem {
  const when = 'You can check an import again if it was rejected, is in review, or was a dry run.'
  return new ApiProblem('cannot-revalidate', `${state} ${when}`)
}
