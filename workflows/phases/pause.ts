import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  TimeoutFailure,
} from '@temporalio/workflow'
import type { Activities } from '../../activities/types.ts'
import { failureTypes } from '../../domain/imports/failure.ts'
import { pauseText } from '../../domain/imports/pause.ts'
import { type FinalStatus, statusOfPhase } from '../../domain/imports/states.ts'
import type { ImportRun } from '../import-state.ts'
import { cleanUp, stream } from '../support/activity-options.ts'
import { show } from '../support/display.ts'
import { move } from './standing.ts'

const { pauseImport } = proxyActivities<Activities>(cleanUp)
const { refreshPlan } = proxyActivities<Activities>(stream)

/** Thrown to end the import early: it was cancelled or rejected, or a failure cannot be fixed. */
export class Ended extends Error {
  readonly status: FinalStatus
  readonly failure: string | null

  constructor(status: FinalStatus, failure: string | null = null) {
    super(status)
    this.status = status
    this.failure = failure
  }
}

/** Failures that a resume cannot fix. */
const UNFIXABLE = new Set<string>([failureTypes.fileGone, failureTypes.importNotFound])

/**
 * Runs a step until it succeeds. A step that fails permanently, or runs out of retries, pauses the import. An
 * administrator reads why, fixes the cause and resumes, and the same step runs again.
 *
 * @throws Ended when the import is cancelled meanwhile, or when a resume cannot fix the failure
 */
export async function untilDone<T>(run: ImportRun, step: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await step()
    } catch (error) {
      if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error
      const { failure, courseIds } = reason(error)
      if (UNFIXABLE.has(failure)) throw new Ended('failed', failure)
      await pause(run, failure, courseIds)
    }
  }
}

/** @throws Ended when the import was cancelled */
export function stopIfCancelled(run: ImportRun): void {
  if (run.cancelled) throw new Ended('cancelled')
}

/**
 * Runs a long step whose activity can be cancelled, because it commits only at its end.
 *
 * @throws Ended when the import is cancelled meanwhile, once the activity has stopped
 */
export async function orCancelled<T>(run: ImportRun, step: () => Promise<T>): Promise<T> {
  const scope = new CancellationScope()
  condition(() => run.cancelled).then(
    () => scope.cancel(),
    // The whole workflow was cancelled, and the parent scope cancels this one.
    () => undefined,
  )
  try {
    return await scope.run(step)
  } catch (error) {
    stopIfCancelled(run)
    throw error
  }
}

/** Waits for `resume` or `cancel`. Lanes that fail side by side share one pause, which shows the first reason. */
async function pause(run: ImportRun, failure: string, courseIds: string[]): Promise<void> {
  const { phase, status } = run.progress
  const seen = run.resumes
  if (status !== 'paused') {
    run.progress = { ...run.progress, status: 'paused', problem: pauseText(failure, phase) }
    show(run)
    await pauseImport.executeWithOptions({ summary: 'Paused: wait for an administrator' }, [
      { importId: run.importId, phase, failure, courseIds },
    ])
  }
  await condition(() => run.resumes > seen || run.cancelled)
  stopIfCancelled(run)
  run.resuming ??= resume(run, failure).finally(() => {
    run.resuming = null
  })
  await run.resuming
}

/** Returns to the status of the phase that paused. A plan that is out of date is rebuilt first. */
async function resume(run: ImportRun, failure: string): Promise<void> {
  const { phase, status } = run.progress
  if (status !== 'paused') return
  if (failure === failureTypes.planOutdated) {
    await refreshPlan.executeWithOptions({ summary: 'Rebuild the plan' }, [{ importId: run.importId }])
  }
  await move(run, statusOfPhase[phase], phase)
}

function reason(error: ActivityFailure): { failure: string; courseIds: string[] } {
  const { cause } = error
  if (cause instanceof ApplicationFailure) {
    const [details] = (cause.details ?? []) as [{ courseIds?: string[] } | undefined]
    return { failure: cause.type ?? 'Unknown', courseIds: details?.courseIds ?? [] }
  }
  if (cause instanceof TimeoutFailure && cause.cause instanceof ApplicationFailure) {
    return { failure: cause.cause.type ?? 'Unknown', courseIds: [] }
  }
  return { failure: 'Unknown', courseIds: [] }
}
