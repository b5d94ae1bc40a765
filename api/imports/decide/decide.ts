import {
  type Client,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
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
import { ApiProblem, isUnreachable } from '../../http/problems.ts'
import { startImport } from './start-import.ts'

export type Decision = 'confirm' | 'resume' | 'cancel'

/** Milliseconds that a person waits for the workflow's word: its worker may be down. */
export const PATIENCE = 10_000

/** Milliseconds in which a Temporal that is up answers anything. */
const PING = 1_000

/** Milliseconds that a repeated cancellation waits; it will be repeated again. */
const REPEAT_PATIENCE = 3_000

const updates = { confirm: confirmUpdate, resume: resumeUpdate, cancel: cancelUpdate }
const refusals = { confirm: 'not-in-review', resume: 'not-paused', cancel: 'already-ended' } as const

/**
 * Brings a person's decision to the import's workflow, which takes or refuses it. Where no run is left, because
 * somebody terminated it or Temporal forgot it, the database is told and a new run goes on from there.
 *
 * A cancellation is never lost: it is recorded first, and the dispatcher repeats it until the import has ended.
 *
 * @returns `later` when a cancellation is recorded and the workflow has not answered yet
 * @throws ApiProblem 409 when the import's state does not allow it, 503 when nobody answers
 */
export async function decide(
  deps: ApiDeps,
  entry: ImportRecord,
  decision: Decision,
  caller: Caller,
): Promise<'done' | 'later'> {
  if (isFinal(entry.status)) throw refused(decision, entry.status)
  await recordDecision(deps.db, entry.id, decision, caller.name)
  if (decision === 'cancel') await recordCancelRequest(deps.db, entry.id)
  const client = await deps.temporal()
  try {
    const handle = client.workflow.getHandle(importWorkflowId(entry.id))
    const update = updates[decision]
    const deadline = Date.now() + (deps.decisionTimeoutMs ?? PATIENCE)
    await client.withDeadline(deadline, () => handle.executeUpdate(update, { args: [{ by: auditName(caller) }] }))
    return 'done'
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return decideWithoutRun(deps, entry, decision)
    if (error instanceof WorkflowUpdateFailedError) throw refusalOf(error, decision)
    if (!(error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isUnreachable(error))) throw error
    if (decision === 'cancel') return 'later'
    throw await unanswered(client)
  }
}

/** Brings a recorded cancellation to its workflow once more; an import without one is ended here and now. */
export async function repeatCancellation(deps: ApiDeps, importId: string): Promise<void> {
  const client = await deps.temporal()
  try {
    const handle = client.workflow.getHandle(importWorkflowId(importId))
    const args: [PersonsDecision] = [{ by: 'the request before' }]
    await client.withDeadline(Date.now() + REPEAT_PATIENCE, () => handle.executeUpdate(cancelUpdate, { args }))
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) await inTransaction(deps.db, (trx) => cancelImport(trx, importId))
    else if (!(error instanceof WorkflowUpdateFailedError)) throw error
  }
}

/** What the workflow would have done with the decision, done for it. */
async function decideWithoutRun(deps: ApiDeps, entry: ImportRecord, decision: Decision): Promise<'done'> {
  if (decision === 'cancel') {
    await inTransaction(deps.db, (trx) => cancelImport(trx, entry.id))
    return 'done'
  }
  if (decision === 'confirm' && entry.status !== 'review') throw refused(decision, entry.status)
  await inTransaction(deps.db, async (trx) => {
    if (decision === 'confirm') await recordConfirmation(trx, entry.id)
    await reopenImport(trx, entry)
  })
  await startImport(deps, entry.id).catch((error: Error) => {
    deps.log.warn({ importId: entry.id, reason: error.name }, 'import not started yet, the dispatcher will')
  })
  return 'done'
}

/** The workflow says no with a type of its own; anything else came between it and its answer. */
function refusalOf({ cause }: WorkflowUpdateFailedError, decision: Decision): ApiProblem {
  const known =
    cause instanceof ApplicationFailure && Object.values<string | null | undefined>(refusals).includes(cause.type)
  if (known) return new ApiProblem(refusals[decision], cause.message)
  return new ApiProblem(
    'worker-unavailable',
    'The import went on while the decision was on its way. Look, and ask again.',
  )
}

function refused(decision: Decision, status: string): ApiProblem {
  return new ApiProblem(refusals[decision], `The import is ${status}.`)
}

/** Tells a Temporal that is away from a worker that is: they are mended in different places. */
export async function unanswered(client: Client): Promise<ApiProblem> {
  try {
    await client.withDeadline(Date.now() + PING, () => client.workflowService.getSystemInfo({}))
  } catch {
    return new ApiProblem(
      'temporal-unavailable',
      'Temporal cannot be reached just now. Nothing was changed: ask again.',
    )
  }
  return new ApiProblem('worker-unavailable', 'No worker took the decision. Start a worker, then ask again.')
}
