import {
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
} from '@temporalio/workflow'
import type { Activities } from '../activities/types.ts'
import type { Counts } from '../domain/imports/counts.ts'
import { BATCHES_PER_RUN } from '../domain/imports/limits.ts'
import { type FinalStatus, isFinal } from '../domain/imports/states.ts'
import type { Carried } from './import-messages.ts'
import { type ImportRun, newRun } from './import-state.ts'
import { registerHandlers } from './phases/decisions.ts'
import { apply, notify } from './phases/execute.ts'
import { leaveBehind } from './phases/leave-behind.ts'
import { Ended, stopIfCancelled } from './phases/pause.ts'
import { parse, review, validate } from './phases/prepare.ts'
import { readStanding, startRecheck } from './phases/standing.ts'
import { cleanUp } from './support/activity-options.ts'
import { show } from './support/display.ts'

const { finishImport } = proxyActivities<Activities>(cleanUp)

export type ImportSummary = Pick<Counts, 'records'> & { status: FinalStatus; written: number }

/**
 * Imports the users of one file: parse, validate, review, apply, notify.
 *
 * Guarantees: nothing is written before every title is known. Each row gets exactly one outcome, whichever process
 * dies. A permanent failure pauses the import until an administrator resumes it. A new run, after a continue-as-new or a
 * termination, continues from the database.
 *
 * While nothing is written (rejected, a dry run, in review) an administrator can ask for a recheck of the stored file. It
 * runs in the same import, in this run or the next.
 *
 * History: six events for 10,000 rows and six for 200 e-mails, so a million of each stay below the server's limits. It
 * continues as new after `batchesPerRun` activities or when the server suggests it.
 */
export async function importUsers(importId: string, carried: Carried = firstRun): Promise<ImportSummary> {
  const run = newRun(importId)
  // Handlers come first: an Update can be the first thing that a new run gets. It then waits for the standing.
  registerHandlers(run)
  await readStanding(run)
  for (;;) {
    const summary = await runOnce(run, carried)
    if (summary) return summary
    await startRecheck(run)
  }
}

/** @returns null when an administrator asked for a recheck */
async function runOnce(run: ImportRun, carried: Carried): Promise<ImportSummary | null> {
  try {
    if (await recheckComesFirst(run)) return null
    if (isFinal(run.progress.status)) throw new Ended(run.progress.status)
    stopIfCancelled(run)
    await parse(run)
    await validate(run)
    await review(run)
    if (run.recheck) return null
    await apply(run, carried)
    await notify(run, carried)
    return await finish(run, 'completed')
  } catch (error) {
    if (error instanceof Ended) return finish(run, error.status, error.failure)
    if (isCancellation(error)) return CancellationScope.nonCancellable(() => finish(run, 'cancelled'))
    throw error
  }
}

/** True when this run was started for a recheck of an import that has ended. */
async function recheckComesFirst(run: ImportRun): Promise<boolean> {
  if (isFinal(run.progress.status)) await condition(() => run.recheck || allHandlersFinished())
  return run.recheck
}

const firstRun: Carried = { schemaVersion: 1, batchesPerRun: BATCHES_PER_RUN }

/** Records the end and starts what outlives the import. @returns null when an administrator asked for a recheck */
async function finish(
  run: ImportRun,
  status: FinalStatus,
  failure: string | null = null,
): Promise<ImportSummary | null> {
  const { importId, standing } = run
  const check = standing.checks
  await finishImport.executeWithOptions({ summary: `Ended: ${status}` }, [{ importId, check, status, failure }])
  run.progress = { ...run.progress, status, phase: 'done' }
  show(run)
  await leaveBehind(run)
  await condition(() => run.recheck || allHandlersFinished())
  if (run.recheck) return null
  return { status, records: run.progress.records, written: run.progress.appliedRows }
}
