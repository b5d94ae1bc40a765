import { ApplicationFailure, condition, proxyActivities, setHandler } from '@temporalio/workflow'
import type { Activities, ImportStanding } from '../activities/types.ts'
import type { Progress } from '../domain/imports/counts.ts'
import { type ImportPhase, type ImportStatus, isFinal } from '../domain/imports/states.ts'
import {
  type CheckDecision,
  cancelUpdate,
  confirmUpdate,
  type PersonsDecision,
  progressQuery,
  resumeUpdate,
  revalidateUpdate,
} from './import-messages.ts'
import { refuseRevalidation, revalidate } from './phases/revalidate.ts'
import { cleanUp } from './support/activity-options.ts'
import { show } from './support/display.ts'

const { openImport, moveImport, recheckImport } = proxyActivities<Activities>(cleanUp)

/** What one run of the workflow knows. Everything else is in the database, where a new run finds it again. */
export interface ImportRun {
  importId: string
  /** As the database had it when this run began. */
  standing: ImportStanding
  progress: Progress
  confirmed: boolean
  cancelled: boolean
  /** Somebody wants the stored file to be read and checked again. */
  again: boolean
  /** The search attributes as last shown: each upsert is an event, so only changes are worth one. */
  shownAttributes: string
  /** Set while the import goes on after a pause: lanes that waited side by side go on together. */
  goingOn: Promise<void> | null
  /** How often somebody resumed: a pause waits for the next one. */
  resumes: number
}

/**
 * Registers the message handlers, then asks the database where the import stands. Handlers come first: an Update may
 * be the first thing that a new run is given, and it then waits until the standing is known.
 */
export async function openRun(importId: string): Promise<ImportRun> {
  const run: ImportRun = {
    importId,
    standing: unknownStanding,
    progress: unknownProgress(importId),
    confirmed: false,
    cancelled: false,
    again: false,
    resumes: 0,
    goingOn: null,
    shownAttributes: '',
  }
  registerHandlers(run)
  await readStanding(run)
  return run
}

/** Goes back to the beginning, if the database agrees: it does where nothing was written and nobody has decided. */
export async function startOver(run: ImportRun): Promise<void> {
  const check = run.standing.checks
  await recheckImport.executeWithOptions({ summary: 'Start over with the stored file' }, [
    { importId: run.importId, check },
  ])
  await readStanding(run)
  run.again = false
}

async function readStanding(run: ImportRun): Promise<void> {
  const { importId } = run
  const standing = await openImport.executeWithOptions({ summary: 'Where does this import stand?' }, [{ importId }])
  run.standing = standing
  run.confirmed = standing.confirmed
  run.cancelled ||= standing.cancelRequested
  run.progress = {
    importId,
    status: standing.status,
    phase: standing.phase,
    records: standing.records,
    appliedRows: standing.appliedRows,
    emailsToSend: standing.emailsToSend,
    emailsSent: standing.emailsSent,
    emailsFailed: standing.emailsFailed,
    problem: standing.problem,
  }
  show(run)
}

/** Records a status in the database first and shows it in the Temporal UI then. */
export async function move(run: ImportRun, status: ImportStatus, phase: ImportPhase): Promise<void> {
  const { importId, standing } = run
  await moveImport.executeWithOptions({ summary: `Now ${status}` }, [
    { importId, check: standing.checks, status, phase },
  ])
  run.progress = { ...run.progress, status, phase, problem: null }
  show(run)
}

/** The decisions' argument, who decided, is there to be read in the history; the outcome does not depend on it. */
function registerHandlers(run: ImportRun): void {
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
      run.again = false
    })
  setHandler(progressQuery, () => run.progress)
  setHandler(confirmUpdate, confirm, { validator: (_: PersonsDecision) => check(run, 'not-in-review', isInReview) })
  setHandler(resumeUpdate, resume, { validator: (_: PersonsDecision) => check(run, 'not-paused', isPaused) })
  setHandler(cancelUpdate, cancel, { validator: (_: PersonsDecision) => check(run, 'already-ended', isRunning) })
  setHandler(revalidateUpdate, (wish: CheckDecision) => revalidate(run, wish), {
    validator: (wish: CheckDecision) => refuseRevalidation(run, wish),
  })
}

type Test = (run: ImportRun) => boolean
const isInReview: Test = (run) => run.progress.status === 'review' && !run.again
const isPaused: Test = (run) => run.progress.status === 'paused'
const isRunning: Test = (run) => !isFinal(run.progress.status)

/** Refuses a message that does not fit the state. A refusal by a validator leaves no trace in the history. */
function check(run: ImportRun, code: string, test: Test): void {
  if (run.standing !== unknownStanding && !test(run)) {
    throw ApplicationFailure.nonRetryable(`The import is ${run.progress.status}.`, code)
  }
}

async function decide(run: ImportRun, code: string, test: Test, act: () => void): Promise<Progress> {
  await condition(() => run.standing !== unknownStanding)
  check(run, code, test)
  act()
  // Answer with the state that the decision led to, once the database has it too; but never wait for long work. Any
  // change would not do: a step that was under way may record its own first.
  await condition(() => !test(run), '3s')
  return run.progress
}

const unknownStanding: ImportStanding = {
  status: 'received',
  phase: 'receive',
  checks: 0,
  template: '',
  companies: [],
  records: 0,
  lastRow: 0,
  firstOpenRow: 2,
  appliedRows: 0,
  invalidRows: 0,
  emailsToSend: 0,
  emailsSent: 0,
  emailsFailed: 0,
  review: false,
  dryRun: false,
  confirmed: false,
  cancelRequested: false,
  searchAttributes: false,
  wantsReport: false,
  problem: null,
}

function unknownProgress(importId: string): Progress {
  const { status, phase, records, appliedRows, emailsToSend, emailsSent, emailsFailed, problem } = unknownStanding
  return { importId, status, phase, records, appliedRows, emailsToSend, emailsSent, emailsFailed, problem }
}
