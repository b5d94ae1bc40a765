import { ApplicationFailure, condition } from '@temporalio/workflow'
import type { Progress } from '../../domain/imports/counts.ts'
import type { ImportStatus } from '../../domain/imports/states.ts'
import type { CheckDecision } from '../import-messages.ts'
import type { ImportRun } from '../import-state.ts'

/** The database says “rejected” a moment before its workflow hears it; and nobody waits long for an answer. */
const PATIENCE = '3s'

/**
 * Takes the wish to have the stored file read and checked again. Whoever wishes it names the check that they saw the
 * result of: two people who ask at once get one new check.
 *
 * @throws ApplicationFailure `cannot-revalidate`, also when the database does not agree
 */
export async function revalidate(run: ImportRun, { check }: CheckDecision): Promise<Progress> {
  const begun = () => run.standing.checks > check
  await condition(() => begun() || canRevalidate(run), PATIENCE)
  if (begun()) return run.progress
  if (!canRevalidate(run)) throw refusal(run)
  run.again = true
  await condition(() => begun() || !run.again, PATIENCE)
  if (!begun() && !run.again) throw refusal(run)
  return run.progress
}

/** The validator: refuses what no moment of patience can change, and leaves no trace of it in the history. */
export function refuseRevalidation(run: ImportRun, { check }: CheckDecision): void {
  const { checks } = run.standing
  if (checks === check && !mayCome.has(run.progress.status) && !canRevalidate(run)) throw refusal(run)
}

/** Nothing was written, and nobody has decided that something shall be. */
function canRevalidate({ standing, progress: { status }, confirmed, cancelled }: ImportRun): boolean {
  if (standing.checks === 0 || cancelled) return false
  return status === 'rejected' || (status === 'completed' && standing.dryRun) || (status === 'review' && !confirmed)
}

const mayCome = new Set<ImportStatus>(['received', 'parsing', 'validating'])

function refusal(run: ImportRun): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`The import is ${run.progress.status}.`, 'cannot-revalidate')
}
