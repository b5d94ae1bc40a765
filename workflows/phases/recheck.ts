import { ApplicationFailure, condition } from '@temporalio/workflow'
import type { Progress } from '../../domain/imports/counts.ts'
import type { ImportStatus } from '../../domain/imports/states.ts'
import { canRecheck } from '../../domain/imports/transitions.ts'
import type { CheckDecision } from '../import-messages.ts'
import type { ImportRun } from '../import-state.ts'

/** The database shows “rejected” a moment before its workflow has the result. The API waits 10 s for an answer. */
const RECHECK_TIMEOUT = '3s'

/**
 * Handles the Update `revalidate`, which asks for a recheck of the stored file. It names the check whose result the
 * administrator saw, so two administrators who ask at once get one new check.
 *
 * @throws ApplicationFailure `cannot-revalidate`, also when the database does not allow a recheck
 */
export async function acceptRecheck(run: ImportRun, { check }: CheckDecision): Promise<Progress> {
  const begun = () => run.standing.checks > check
  await condition(() => begun() || isRecheckable(run), RECHECK_TIMEOUT)
  if (begun()) return run.progress
  if (!isRecheckable(run)) throw rejection(run)
  run.recheck = true
  await condition(() => begun() || !run.recheck, RECHECK_TIMEOUT)
  if (!begun() && !run.recheck) throw rejection(run)
  return run.progress
}

/** Validates the Update. It rejects only what no waiting can change, and leaves no trace in the history. */
export function rejectRecheck(run: ImportRun, { check }: CheckDecision): void {
  const { checks } = run.standing
  if (checks === check && !mayBecomeRecheckable.has(run.progress.status) && !isRecheckable(run)) throw rejection(run)
}

function isRecheckable({ standing, progress: { status }, confirmed, cancelled }: ImportRun): boolean {
  if (standing.checks === 0 || cancelled) return false
  return canRecheck({ status, dryRun: standing.dryRun, decided: confirmed })
}

const mayBecomeRecheckable = new Set<ImportStatus>(['received', 'parsing', 'validating'])

function rejection(run: ImportRun): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`The import is ${run.progress.status}.`, 'cannot-revalidate')
}
