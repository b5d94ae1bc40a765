import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import { ParentClosePolicy, startChild } from '@temporalio/workflow'
import { activationWindow } from '../emails/activation-window.ts'
import { importReport } from '../emails/import-report.ts'
import { reportWorkflowId, windowWorkflowId } from '../import-messages.ts'
import type { ImportRun } from '../import-state.ts'

/** Starts what outlives an import. Each is an abandoned child, so the import itself can close. */
export async function leaveBehind(run: ImportRun): Promise<void> {
  if (run.progress.emailsSent > 0) await openWindow(run.importId)
  if (run.standing.wantsReport) {
    const { checks } = run.standing
    const workflowId = reportWorkflowId(run.importId, checks)
    await abandoned(importReport, [run.importId, checks], workflowId, 'Report to the contact of the import')
  }
}

/** Starts the 48 hours after which the links of a mailing expire. */
export async function openWindow(mailingId: string): Promise<void> {
  const summary = 'Marks activation links as they expire'
  await abandoned(activationWindow, [mailingId], windowWorkflowId(mailingId), summary)
}

/** A second run of the same import finds its children already running, which is fine. */
async function abandoned<Args extends [string, number?]>(
  child: (...args: Args) => Promise<void>,
  args: Args,
  workflowId: string,
  staticSummary: string,
): Promise<void> {
  try {
    await startChild(child, {
      args,
      workflowId,
      staticSummary,
      parentClosePolicy: ParentClosePolicy.ABANDON,
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}
