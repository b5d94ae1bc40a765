import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow'
import type { Activities } from '../activities/types.ts'
import type { Counts } from '../domain/imports/counts.ts'
import { BATCH_ROWS, BATCHES_IN_FLIGHT, BATCHES_PER_RUN, REVIEW_DAYS } from '../domain/imports/limits.ts'
import { type FinalStatus, type ImportPhase, importPhases, isFinal } from '../domain/imports/states.ts'
import { deliver } from './emails/deliver.ts'
import { type ImportRun, move, openRun, startOver } from './import-state.ts'
import { leaveBehind } from './phases/leave-behind.ts'
import { Ended, orCancelled, stopIfCancelled, untilDone } from './phases/pause.ts'
import { cleanUp, database, stream } from './support/activity-options.ts'
import { show } from './support/display.ts'
import { inLanes } from './support/lanes.ts'

const { parseFile, validateRows } = proxyActivities<Activities>(stream)
const { applyBatch } = proxyActivities<Activities>(database)
const { finishImport } = proxyActivities<Activities>(cleanUp)

/** What a run hands to the next: almost nothing, because the database knows where the import stands. */
export interface Carried {
  schemaVersion: 1
  /** Batches after which this run continues as new. Lowered by tests only. */
  batchesPerRun: number
}

export type ImportSummary = Pick<Counts, 'records'> & { status: FinalStatus; written: number }

/**
 * Brings the people of one file into the platform: parse, validate, review, apply, notify.
 *
 * Guarantees: nothing is written before every title is known; each row gets exactly one outcome, whoever is killed;
 * what fails for good pauses the import until a person resumes it. A new run, after a continue-as-new or after
 * somebody terminated this one, goes on from the database.
 *
 * Where nothing was written (refused, a dry run, in review) the stored file can be checked again: same import, same run
 * or the next.
 *
 * History: six events for 10,000 rows and six for 200 e-mails, so a million of each stay below the server's limits;
 * it continues as new after `batchesPerRun` activities or when the server suggests it.
 */
export async function importUsers(importId: string, carried: Carried = firstRun): Promise<ImportSummary> {
  const run = await openRun(importId)
  for (;;) {
    const summary = await goOn(run, carried)
    if (summary) return summary
    await startOver(run)
  }
}

/** @returns null when the stored file is to be checked again */
async function goOn(run: ImportRun, carried: Carried): Promise<ImportSummary | null> {
  try {
    if (await startsOver(run)) return null
    if (isFinal(run.progress.status)) throw new Ended(run.progress.status)
    stopIfCancelled(run)
    await parse(run)
    await validate(run)
    await review(run)
    if (run.again) return null
    await apply(run, carried)
    await notify(run, carried)
    return await finish(run, 'completed')
  } catch (error) {
    if (error instanceof Ended) return finish(run, error.status, error.failure)
    if (isCancellation(error)) return CancellationScope.nonCancellable(() => finish(run, 'cancelled'))
    throw error
  }
}

/** True when whoever started this run wants an import that has ended to be checked again. */
async function startsOver(run: ImportRun): Promise<boolean> {
  if (isFinal(run.progress.status)) await condition(() => run.again || allHandlersFinished())
  return run.again
}

const firstRun: Carried = { schemaVersion: 1, batchesPerRun: BATCHES_PER_RUN }

async function parse(run: ImportRun): Promise<void> {
  if (isPast(run, 'parse')) return
  await move(run, 'parsing', 'parse')
  const summary = 'Read the file into the database, row by row'
  const parsed = await orCancelled(run, () =>
    untilDone(run, () => parseFile.executeWithOptions({ summary }, [{ importId: run.importId }])),
  )
  run.standing = { ...run.standing, lastRow: parsed.lastRow }
  run.progress = { ...run.progress, records: parsed.records, problem: parsed.problem }
  if (parsed.rejected) throw new Ended('rejected')
}

async function validate(run: ImportRun): Promise<void> {
  if (isPast(run, 'validate')) return
  await move(run, 'validating', 'validate')
  const summary = 'Check rows and titles, freeze the plan'
  const { result, companies, invalidRows, plan, problem } = await orCancelled(run, () =>
    untilDone(run, () => validateRows.executeWithOptions({ summary }, [{ importId: run.importId }])),
  )
  run.standing = { ...run.standing, companies, invalidRows }
  run.progress = { ...run.progress, emailsToSend: plan?.emails ?? 0, problem }
  if (result === 'rejected') throw new Ended('rejected')
}

/** Waits for a person, if one wants to look first. An import that nobody confirms cancels itself. */
async function review(run: ImportRun): Promise<void> {
  if (run.standing.dryRun) throw new Ended('completed')
  if (isPast(run, 'review') || !run.standing.review || run.confirmed) return
  // Known here before the database says so: whoever reads “review” there may confirm at once.
  run.progress = { ...run.progress, status: 'review', phase: 'review' }
  show(run)
  await move(run, 'review', 'review')
  const decided = () => run.confirmed || run.cancelled || run.again
  const inTime = await condition(decided, `${REVIEW_DAYS} days`, { summary: 'Waits for somebody to confirm or cancel' })
  if (!inTime || run.cancelled) throw new Ended('cancelled')
}

/** Executes the plan: a sliding window of batches, each one transaction. */
async function apply(run: ImportRun, carried: Carried): Promise<void> {
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
  // A cancelled import has rows left, too: the next run would know nothing of it and apply them.
  stopIfCancelled(run)
  if (nextRow <= lastRow) await goOnAsNew(run, carried)
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

/** Sends every activation e-mail, or learns for good that one cannot be sent. */
async function notify(run: ImportRun, carried: Carried): Promise<void> {
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
  if (!done) await goOnAsNew(run, carried)
}

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
  await condition(() => run.again || allHandlersFinished())
  if (run.again) return null
  return { status, records: run.progress.records, written: run.progress.appliedRows }
}

/** Every message is answered before this run gives way to the next. */
async function goOnAsNew(run: ImportRun, carried: Carried): Promise<never> {
  await condition(allHandlersFinished)
  return continueAsNew<typeof importUsers>(run.importId, carried)
}

function isPast(run: ImportRun, phase: ImportPhase): boolean {
  return importPhases.indexOf(run.progress.phase) > importPhases.indexOf(phase)
}
