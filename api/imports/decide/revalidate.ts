import {
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { recordDecision } from '../../../db/imports/decisions.ts'
import type { ImportRecord } from '../../../db/imports/imports.ts'
import { canRecheck } from '../../../domain/imports/transitions.ts'
import { type CheckDecision, revalidateUpdate } from '../../../workflows/import-messages.ts'
import type { Caller } from '../../http/caller.ts'
import { auditName } from '../../http/caller.ts'
import type { ApiDeps } from '../../http/deps.ts'
import { ApiProblem, isUnreachable } from '../../http/problems.ts'
import { PATIENCE, unanswered } from './decide.ts'
import { startOptions } from './start-import.ts'

/**
 * Has the stored file of an import read and checked again: one that was refused, a dry run, or one in review.
 *
 * The wish goes to the import's workflow, together with its start where no run is open: Temporal takes both or
 * neither, so that nothing lies between them that a killed process could leave half done. The workflow asks the
 * database, which decides. Of several wishes at once for the same check, one begins a new check and all are answered.
 *
 * @throws ApiProblem 409 when the import's state does not allow it, 503 when nobody answers
 */
export async function revalidate(deps: ApiDeps, entry: ImportRecord, caller: Caller): Promise<void> {
  const { status, options, confirmed_at } = entry
  const recheckable = canRecheck({ status, dryRun: options.dryRun, decided: confirmed_at !== null })
  if (!recheckable) throw refused(`The import is ${entry.status}.`)
  await recordDecision(deps.db, entry.id, 'revalidate', caller.name)
  const client = await deps.temporal()
  const deadline = Date.now() + (deps.decisionTimeoutMs ?? PATIENCE)
  const args: [CheckDecision] = [{ by: auditName(caller), check: entry.checks }]
  const send = () =>
    client.withDeadline(deadline, () =>
      client.workflow.executeUpdateWithStart(revalidateUpdate, {
        args,
        startWorkflowOperation: new WithStartWorkflowOperation('importUsers', startOptions(entry.id)),
      }),
    )
  try {
    // A run that closes while the wish is on its way gives it back: the next one begins with it.
    await send().catch((error) => (error instanceof WorkflowNotFoundError ? send() : Promise.reject(error)))
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) throw refusalOf(error)
    if (!(error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isUnreachable(error))) throw error
    throw await unanswered(client)
  }
}

function refusalOf({ cause }: WorkflowUpdateFailedError): ApiProblem {
  if (cause instanceof ApplicationFailure && cause.type === 'cannot-revalidate') return refused(cause.message)
  return new ApiProblem('worker-unavailable', 'The import went on while the wish was on its way. Look, and ask again.')
}

function refused(state: string): ApiProblem {
  const when = 'It can be checked again when it was rejected, in review, and after a dry run.'
  return new ApiProblem('cannot-revalidate', `${state} ${when}`)
}
