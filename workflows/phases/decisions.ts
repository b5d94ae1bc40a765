import { ApplicationFailure, condition, setHandler } from '@temporalio/workflow'
import type { Progress } from '../../domain/imports/counts.ts'
import { isFinal } from '../../domain/imports/states.ts'
import {
  type CheckDecision,
  cancelUpdate,
  confirmUpdate,
  type PersonsDecision,
  progressQuery,
  resumeUpdate,
  revalidateUpdate,
} from '../import-messages.ts'
import { type ImportRun, isOpen } from '../import-state.ts'
import { acceptRecheck, rejectRecheck } from './recheck.ts'

/**
 * Registers the handlers of the query and of every decision. The history keeps the argument, who decided, for audit.
 * The result does not depend on it.
 */
export function registerHandlers(run: ImportRun): void {
  const confirm = () =>
    decide(run, 'not-in-review', isInReview, () => {
      run.confirmed = true
    })
  const resume = () =>
    decide(run, 'not-paused', isPaused, () => {
      run.resumes += 1
    })
  const cancel = () =>
    decide(run, 'already-ended', isRunning, () => {
      run.cancelled = true
      run.recheck = false
    })
  setHandler(progressQuery, () => run.progress)
  setHandler(confirmUpdate, confirm, { validator: (_: PersonsDecision) => check(run, 'not-in-review', isInReview) })
  setHandler(resumeUpdate, resume, { validator: (_: PersonsDecision) => check(run, 'not-paused', isPaused) })
  setHandler(cancelUpdate, cancel, { validator: (_: PersonsDecision) => check(run, 'already-ended', isRunning) })
  setHandler(revalidateUpdate, (decision: CheckDecision) => acceptRecheck(run, decision), {
    validator: (decision: CheckDecision) => rejectRecheck(run, decision),
  })
}

type Test = (run: ImportRun) => boolean
const isInReview: Test = (run) => run.progress.status === 'review' && !run.recheck
const isPaused: Test = (run) => run.progress.status === 'paused'
const isRunning: Test = (run) => !isFinal(run.progress.status)

/** Rejects a message that does not fit the state. A validator that rejects leaves no trace in the history. */
function check(run: ImportRun, code: string, test: Test): void {
  if (isOpen(run) && !test(run)) {
    throw ApplicationFailure.nonRetryable(`The import is ${run.progress.status}.`, code)
  }
}

async function decide(run: ImportRun, code: string, test: Test, act: () => void): Promise<Progress> {
  await condition(() => isOpen(run))
  check(run, code, test)
  act()
  // Returns the status that the decision led to, once the database has it too, but does not wait for long work. It waits
  // for that status and not for any change, because a step in progress can record its own status first.
  await condition(() => !test(run), '3s')
  return run.progress
}
