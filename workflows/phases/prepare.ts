import { condition, proxyActivities } from '@temporalio/workflow'
import type { Activities } from '../../activities/types.ts'
import { REVIEW_DAYS } from '../../domain/imports/limits.ts'
import type { ImportRun } from '../import-state.ts'
import { stream } from '../support/activity-options.ts'
import { show } from '../support/display.ts'
import { Ended, orCancelled, untilDone } from './pause.ts'
import { isPast, move } from './standing.ts'

const { parseFile, validateRows } = proxyActivities<Activities>(stream)

/** Reads the file into the database. */
export async function parse(run: ImportRun): Promise<void> {
  if (isPast(run, 'parse')) return
  await move(run, 'parsing', 'parse')
  const summary = 'Read the file into the database'
  const parsed = await orCancelled(run, () =>
    untilDone(run, () => parseFile.executeWithOptions({ summary }, [{ importId: run.importId }])),
  )
  run.standing = { ...run.standing, lastRow: parsed.lastRow }
  run.progress = { ...run.progress, records: parsed.records, problem: parsed.problem }
  if (parsed.rejected) throw new Ended('rejected')
}

/** Checks every row and title, and freezes the plan. */
export async function validate(run: ImportRun): Promise<void> {
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

/** Waits for an administrator when the import has a review. An import that is not confirmed in time is cancelled. */
export async function review(run: ImportRun): Promise<void> {
  if (run.standing.dryRun) throw new Ended('completed')
  if (isPast(run, 'review') || !run.standing.review || run.confirmed) return
  // Set before the database has it: a client that reads “review” there may confirm at once.
  run.progress = { ...run.progress, status: 'review', phase: 'review' }
  show(run)
  await move(run, 'review', 'review')
  const decided = () => run.confirmed || run.cancelled || run.recheck
  const summary = 'Wait for an administrator to confirm or cancel'
  const inTime = await condition(decided, `${REVIEW_DAYS} days`, { summary })
  if (!inTime || run.cancelled) throw new Ended('cancelled')
}
