import { defineQuery, defineUpdate } from '@temporalio/workflow'
import type { Progress } from '../domain/imports/counts.ts'

/** Names that other programs depend on (DESIGN.md). They stand apart from the workflows, so clients bundle no workflow. */
export const IMPORTS_QUEUE = 'muster-imports'
export const MAIL_QUEUE = 'muster-mail'

/** An import keeps one workflow id. A second run continues from the database. */
export const importWorkflowId = (importId: string): string => `import-${importId}`
/** The e-mails of one request for new activation links. */
export const mailingWorkflowId = (mailingId: string): string => `mailing-${mailingId}`
/** The 48 hours after a mailing, until its links have expired. */
export const windowWorkflowId = (mailingId: string): string => `activation-window-${mailingId}`
/** The report to the contact of an import. Each recheck ends again and sends a report of its own. */
export const reportWorkflowId = (importId: string, check = 1): string =>
  check === 1 ? `import-report-${importId}` : `import-report-${importId}-${check}`
/** The e-mail that brings an administrator a link. */
export const accountLetterWorkflowId = (linkId: string): string => `account-letter-${linkId}`

/** Who decided, for the audit trail: the name of an API key, or the id of an administrator. Never an address. */
export interface PersonsDecision {
  by: string
}

/** The check whose result the administrator saw. When a newer check exists, a recheck is not needed. */
export interface CheckDecision extends PersonsDecision {
  check: number
}

/** What a run hands to the next. It is almost nothing, because the database knows where the import stands. */
export interface Carried {
  schemaVersion: 1
  /** Batches after which a run continues as new. Only tests lower it. */
  batchesPerRun: number
}

/** A query, because it changes nothing and must also work on a closed workflow. */
export const progressQuery = defineQuery<Progress>('progress')

/** Updates and not signals, because an administrator needs to know whether the decision was accepted, or why not. */
export const confirmUpdate = defineUpdate<Progress, [PersonsDecision]>('confirm')
export const resumeUpdate = defineUpdate<Progress, [PersonsDecision]>('resume')
export const cancelUpdate = defineUpdate<Progress, [PersonsDecision]>('cancel')
export const revalidateUpdate = defineUpdate<Progress, [CheckDecision]>('revalidate')
