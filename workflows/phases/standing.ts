import { proxyActivities } from '@temporalio/workflow'
import type { Activities } from '../../activities/types.ts'
import { type ImportPhase, type ImportStatus, importPhases } from '../../domain/imports/states.ts'
import type { ImportRun } from '../import-state.ts'
import { cleanUp } from '../support/activity-options.ts'
import { show } from '../support/display.ts'

const { openImport, moveImport, recheckImport } = proxyActivities<Activities>(cleanUp)

/** Asks the database where the import stands, so that the run continues there. */
export async function readStanding(run: ImportRun): Promise<void> {
  const { importId } = run
  const standing = await openImport.executeWithOptions({ summary: 'Read where the import stands' }, [{ importId }])
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

/** Records a status in the database, then shows it in the Temporal UI. */
export async function move(run: ImportRun, status: ImportStatus, phase: ImportPhase): Promise<void> {
  const { importId, standing } = run
  await moveImport.executeWithOptions({ summary: `Now ${status}` }, [
    { importId, check: standing.checks, status, phase },
  ])
  run.progress = { ...run.progress, status, phase, problem: null }
  show(run)
}

/** Returns to the beginning for a recheck. The database decides: nothing may be written, confirmed or cancelled. */
export async function startRecheck(run: ImportRun): Promise<void> {
  const check = run.standing.checks
  await recheckImport.executeWithOptions({ summary: 'Recheck the stored file' }, [{ importId: run.importId, check }])
  await readStanding(run)
  run.recheck = false
}

/** True when the import has left a phase behind, so a new run skips it. */
export function isPast(run: ImportRun, phase: ImportPhase): boolean {
  return importPhases.indexOf(run.progress.phase) > importPhases.indexOf(phase)
}
