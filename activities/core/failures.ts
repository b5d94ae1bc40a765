import { ApplicationFailure } from '@temporalio/common'
import { isPassing } from '../../db/core/transaction.ts'
import { type FailureType, failureTypes } from '../../domain/imports/failure.ts'

/** A failure of the closed list that no retry can mend: the import pauses or fails at once. */
export function permanent(type: FailureType, message: string, details: { courseIds?: string[] } = {}) {
  return ApplicationFailure.create({ type, message, nonRetryable: true, details: [details] })
}

/**
 * Runs an activity's work and gives its errors a type of the closed list. Postgres puts values of rows into its error
 * details, and an error of an activity is kept in the history for ever: only the SQLSTATE gets through.
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
