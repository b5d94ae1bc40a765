import { ApplicationFailure } from '@temporalio/common'
import { isPassing } from '../../db/core/transaction.ts'
import { type FailureType, failureTypes } from '../../domain/imports/failure.ts'

/** Creates a permanent failure. The import pauses or fails without a retry. */
export function permanent(type: FailureType, message: string, details: { courseIds?: string[] } = {}) {
  return ApplicationFailure.create({ type, message, nonRetryable: true, details: [details] })
}

/**
 * Runs an activity's work and gives its errors a type of the closed list. Postgres quotes values of rows in its error
 * details, and a history keeps the errors of activities, so only the SQLSTATE is passed on.
 */
export async function withKnownFailures<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isDatabaseError(error)) throw error
    const message = `The database answered ${codeOf(error)}.`
    if (isPassing(error)) throw ApplicationFailure.create({ type: failureTypes.databaseBusy, message })
    throw permanent(failureTypes.databaseRefused, message)
  }
}

function isDatabaseError(error: unknown): boolean {
  return error instanceof Error && !(error instanceof ApplicationFailure) && ('severity' in error || isPassing(error))
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : 'nothing: the connection was lost'
}
