import { allHandlersFinished, condition, continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow'
import type { Activities } from '../../activities/types.ts'
import { BATCH_ROWS, BATCHES_IN_FLIGHT } from '../../domain/imports/limits.ts'
import { deliver } from '../emails/deliver.ts'
import type { Carried } from '../import-messages.ts'
import type { ImportRun } from '../import-state.ts'
import { database } from '../support/activity-options.ts'
import { show } from '../support/display.ts'
import { inLanes } from '../support/lanes.ts'
import { stopIfCancelled, untilDone } from './pause.ts'
import { isPast, move } from './standing.ts'

const { applyBatch } = proxyActivities<Activities>(database)

/** Applies the plan in a sliding window of batches. Each batch is one transaction. */
export async function apply(run: ImportRun, carried: Carried): Promise<void> {
  if (isPast(run, 'apply')) return
  await move(run, 'applying', 'apply')
  const { lastRow } = run.standing
  let nextRow = run.standing.firstOpenRow
  let budget = carried.batchesPerRun
  await inLanes(BATCHES_IN_FLIGHT, run, async () => {
    if (nextRow > lastRow || budget === 0 || workflowInfo().continueAsNewSuggested) return false
    const range = { firstRow: nextRow, lastRow: Math.min(nextRow + BATCH_ROWS - 1, lastRow) }
    nextRow = range.lastRow + 1
    budget -= 1
    await applyRange(run, range)
    return true
  })
  // A cancelled import has rows left too. Continuing as new would apply them.
  stopIfCancelled(run)
  if (nextRow <= lastRow) await continueInNewRun(run, carried)
}

async function applyRange(run: ImportRun, range: { firstRow: number; lastRow: number }): Promise<void> {
  const summary = `Rows ${range.firstRow} to ${range.lastRow} of ${run.standing.lastRow}`
  const { rows, refused } = await untilDone(run, () =>
    applyBatch.executeWithOptions({ summary }, [{ importId: run.importId, ...range }]),
  )
  run.standing = { ...run.standing, invalidRows: run.standing.invalidRows + refused }
  run.progress = { ...run.progress, appliedRows: run.progress.appliedRows + rows }
  show(run)
}

/** Sends every activation e-mail, or records that it failed permanently. */
export async function notify(run: ImportRun, carried: Carried): Promise<void> {
  await move(run, 'notifying', 'notify')
  const { emailsSent, emailsFailed } = run.progress
  const done = await deliver(run.importId, carried.batchesPerRun, {
    run,
    attempt: (send) => untilDone(run, send),
    delivered: ({ sent, failed }) => {
      run.progress = { ...run.progress, emailsSent: emailsSent + sent, emailsFailed: emailsFailed + failed }
      show(run)
    },
  })
  stopIfCancelled(run)
  if (!done) await continueInNewRun(run, carried)
}

/** Answers every message, then continues as new. */
async function continueInNewRun(run: ImportRun, carried: Carried): Promise<never> {
  await condition(allHandlersFinished)
  return continueAsNew<(importId: string, carried: Carried) => Promise<unknown>>(run.importId, carried)
}
