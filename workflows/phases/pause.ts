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
import type { FinalStatus, ImportPhase, ImportStatus } from '../../domain/imports/states.ts'
import { type ImportRun, move } from '../import-state.ts'
import { cleanUp, stream } from '../support/activity-options.ts'
import { show } from '../support/display.ts'

const { pauseImport } = proxyActivities<Activities>(cleanUp)
const { refreshPlan } = proxyActivities<Activities>(stream)

/** Thrown to leave the story early: a person cancelled, validation refused, or nothing can mend it. */
export class Ended extends Error {
  readonly status: FinalStatus
  readonly failure: string | null

  constructor(status: FinalStatus, failure: string | null = null) {
    super(status)
    this.status = status
    this.failure = failure
  }
}

/** Failures that no resume can mend. */
const FATAL = new Set<string>([failureTypes.fileGone, failureTypes.importNotFound])

/**
 * Runs a step until it succeeds. A step that failed for good, or ran out of retries, pauses the import: somebody is
 * told why, mends it and resumes, and the same step is tried again.
 *
 * @throws Ended when the import was cancelled meanwhile, or when the failure cannot be mended
 */
export async function untilDone<T>(run: ImportRun, step: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await step()
    } catch (error) {
      if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error
      const { failure, courseIds } = reason(error)
      if (FATAL.has(failure)) throw new Ended('failed', failure)
      await pause(run, failure, courseIds)
    }
  }
}

/** @throws Ended when somebody has cancelled the import */
export function stopIfCancelled(run: ImportRun): void {
  if (run.cancelled) throw new Ended('cancelled')
}

/**
 * Runs a long step whose activity can be called off: it writes nothing that counts before its last statement.
 *
 * @throws Ended when somebody cancels meanwhile, once the activity has stopped
 */
export async function orCancelled<T>(run: ImportRun, step: () => Promise<T>): Promise<T> {
  const scope = new CancellationScope()
  condition(() => run.cancelled).then(
    () => scope.cancel(),
    // The whole workflow was cancelled: the step's own scope is told by its parent.
    () => undefined,
  )
  try {
    return await scope.run(step)
  } catch (error) {
    stopIfCancelled(run)
    throw error
  }
}

/** Waits for `resume` or `cancel`. Lanes that fail side by side share one pause: the first one's reason is shown. */
async function pause(run: ImportRun, failure: string, courseIds: string[]): Promise<void> {
  const { phase, status } = run.progress
  const seen = run.resumes
  if (status !== 'paused') {
    run.progress = { ...run.progress, status: 'paused', problem: pauseText(failure, phase) }
    show(run)
    await pauseImport.executeWithOptions({ summary: 'Paused: waits for a person' }, [
      { importId: run.importId, phase, failure, courseIds },
    ])
  }
  await condition(() => run.resumes > seen || run.cancelled)
  stopIfCancelled(run)
  run.goingOn ??= goOn(run, failure).finally(() => {
    run.goingOn = null
  })
  await run.goingOn
}

/** Does what a resume stands for: a plan that is no longer true is frozen anew before it is applied. */
async function goOn(run: ImportRun, failure: string): Promise<void> {
  const { phase, status } = run.progress
  if (status !== 'paused') return
  if (failure === failureTypes.planOutdated) {
    await refreshPlan.executeWithOptions({ summary: 'Freeze the plan anew' }, [{ importId: run.importId }])
  }
  await move(run, running[phase], phase)
}

const running: Record<ImportPhase, ImportStatus> = {
  receive: 'received',
  parse: 'parsing',
  validate: 'validating',
  review: 'review',
  apply: 'applying',
  notify: 'notifying',
  done: 'notifying',
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
