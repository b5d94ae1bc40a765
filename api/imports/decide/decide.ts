import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client'
import { inTransaction } from '../../../db/core/transaction.ts'
import { recordCancelRequest, recordConfirmation, recordDecision } from '../../../db/imports/decisions.ts'
import type { ImportRecord } from '../../../db/imports/imports.ts'
import { cancelImport, reopenImport } from '../../../db/imports/transitions.ts'
import { isFinal } from '../../../domain/imports/states.ts'
import {
  cancelUpdate,
  confirmUpdate,
  importWorkflowId,
  type PersonsDecision,
  resumeUpdate,
} from '../../../workflows/import-messages.ts'
import type { Caller } from '../../http/caller.ts'
import { auditName } from '../../http/caller.ts'
import type { ApiDeps } from '../../http/deps.ts'
import { ApiProblem } from '../../http/problems.ts'
import { startNowOrLater } from './start-import.ts'
import { DECISION_TIMEOUT_MS, importMovedOn, isUnanswered, rejectionMessage, unanswered } from './update-failures.ts'

export type Decision = 'confirm' | 'resume' | 'cancel'

/** Milliseconds that the dispatcher waits for an answer to a cancellation. It sends the cancellation again later. */
const REPEAT_TIMEOUT_MS = 3_000

const updates = { confirm: confirmUpdate, resume: resumeUpdate, cancel: cancelUpdate }
const rejections = { confirm: 'not-in-review', resume: 'not-paused', cancel: 'already-ended' } as const

/**
 * Sends an administrator's decision to the import's workflow as a Temporal Update. If no run exists, because it was
 * terminated or Temporal's retention deleted it, writes the decision to the database and starts a new run from there.
 *
 * A cancellation is never lost. It is recorded first, and the dispatcher repeats it until the import has ended.
 *
 * @returns `later` when a cancellation is recorded and the workflow has not answered yet
 * @throws ApiProblem 409 when the import's state does not allow the decision, 503 when the workflow does not answer
 */
export async function decide(
  deps: ApiDeps,
  entry: ImportRecord,
  decision: Decision,
  caller: Caller,
): Promise<'done' | 'later'> {
  if (isFinal(entry.status)) throw notAllowed(decision, entry.status)
  await recordDecision(deps.db, entry.id, decision, caller.name)
  if (decision === 'cancel') await recordCancelRequest(deps.db, entry.id)
  const client = await deps.temporal()
  try {
    const handle = client.workflow.getHandle(importWorkflowId(entry.id))
    const update = updates[decision]
    const deadline = Date.now() + (deps.decisionTimeoutMs ?? DECISION_TIMEOUT_MS)
    await client.withDeadline(deadline, () => handle.executeUpdate(update, { args: [{ by: auditName(caller) }] }))
    return 'done'
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return decideWithoutRun(deps, entry, decision)
    if (error instanceof WorkflowUpdateFailedError) throw problemOfUpdate(error, decision)
    if (!isUnanswered(error)) throw error
    if (decision === 'cancel') return 'later'
    throw await unanswered(client)
  }
}

/** Sends a recorded cancellation to its workflow again. If no run exists, cancels the import in the database. */
export async function repeatCancellation(deps: ApiDeps, importId: string): Promise<void> {
  const client = await deps.temporal()
  try {
    const handle = client.workflow.getHandle(importWorkflowId(importId))
    const args: [PersonsDecision] = [{ by: 'the request before' }]
    await client.withDeadline(Date.now() + REPEAT_TIMEOUT_MS, () => handle.executeUpdate(cancelUpdate, { args }))
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) await inTransaction(deps.db, (trx) => cancelImport(trx, importId))
    else if (!(error instanceof WorkflowUpdateFailedError)) throw error
  }
}

/** Applies the decision in the database, as the workflow would have done. */
async function decideWithoutRun(deps: ApiDeps, entry: ImportRecord, decision: Decision): Promise<'done'> {
  if (decision === 'cancel') {
    await inTransaction(deps.db, (trx) => cancelImport(trx, entry.id))
    return 'done'
  }
  if (decision === 'confirm' && entry.status !== 'review') throw notAllowed(decision, entry.status)
  await inTransaction(deps.db, async (trx) => {
    if (decision === 'confirm') await recordConfirmation(trx, entry.id)
    await reopenImport(trx, entry)
  })
  await startNowOrLater(deps, entry.id)
  return 'done'
}

function problemOfUpdate(error: WorkflowUpdateFailedError, decision: Decision): ApiProblem {
  const message = rejectionMessage(error, Object.values(rejections))
  return message === null ? importMovedOn() : new ApiProblem(rejections[decision], message)
}

function notAllowed(decision: Decision, status: string): ApiProblem {
  return new ApiProblem(rejections[decision], `The import is ${status}.`)
}
