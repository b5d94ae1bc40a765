import {
  type Client,
  type WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { ApiProblem, isUnreachable } from '../../http/problems.ts'

/** Milliseconds that a request waits for the workflow to answer. Its worker may be down. */
export const DECISION_TIMEOUT_MS = 10_000

/** Milliseconds in which a reachable Temporal server answers any request. */
const PING_TIMEOUT_MS = 1_000

/** Returns the message of a rejection that the workflow sent with one of `types`; null when the Update failed otherwise. */
export function rejectionMessage({ cause }: WorkflowUpdateFailedError, types: readonly string[]): string | null {
  return cause instanceof ApplicationFailure && types.includes(cause.type ?? '') ? cause.message : null
}

/** The Update failed because the workflow moved on or closed before it handled the Update. */
export function importMovedOn(): ApiProblem {
  return new ApiProblem(
    'worker-unavailable',
    'The import moved on before it received the request. Check its status, then try again.',
  )
}

/** True when the workflow did not answer an Update in time, or Temporal could not be reached. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isUnreachable(error)
}

/** Pings Temporal to report which of the two is down, Temporal or the worker. Their fixes differ. */
export async function unanswered(client: Client): Promise<ApiProblem> {
  try {
    await client.withDeadline(Date.now() + PING_TIMEOUT_MS, () => client.workflowService.getSystemInfo({}))
  } catch {
    return new ApiProblem('temporal-unavailable', 'Temporal cannot be reached. Nothing was changed. Try again.')
  }
  return new ApiProblem('worker-unavailable', 'No worker responded. Start a worker, then try again.')
}
