import { defineQuery, defineUpdate } from '@temporalio/workflow'
import type { Progress } from '../domain/imports/counts.ts'

/** Names that other programs depend on (DESIGN.md). Kept apart from the workflows, so that clients bundle no workflow. */
export const IMPORTS_QUEUE = 'muster-imports'
export const MAIL_QUEUE = 'muster-mail'

/** One import has one workflow id for ever; a second run of it continues from the database. */
export const importWorkflowId = (importId: string): string => `import-${importId}`
/** The e-mails of one request for new activation links. */
export const mailingWorkflowId = (mailingId: string): string => `mailing-${mailingId}`
/** The 48 hours after a mailing: until its links have run out. */
export const windowWorkflowId = (mailingId: string): string => `activation-window-${mailingId}`
/** The note to the person who started an import. An import that is checked again ends again, and says so again. */
export const reportWorkflowId = (importId: string, check = 1): string =>
  check === 1 ? `import-report-${importId}` : `import-report-${importId}-${check}`
/** The letter that brings an administrator a link. */
export const accountLetterWorkflowId = (linkId: string): string => `account-letter-${linkId}`

/** Who asked, as the audit trail names them: the name of an API key, or a console account's id. Never an address. */
export interface PersonsDecision {
  by: string
}

/** Which check of the file the person has seen the result of: one that has been repeated since needs no repetition. */
export interface CheckDecision extends PersonsDecision {
  check: number
}

/** A query: reading changes nothing and must work on a closed workflow too. */
export const progressQuery = defineQuery<Progress>('progress')

/** Updates, not signals: a person who decides must be told whether the decision was taken, or why not. */
export const confirmUpdate = defineUpdate<Progress, [PersonsDecision]>('confirm')
export const resumeUpdate = defineUpdate<Progress, [PersonsDecision]>('resume')
export const cancelUpdate = defineUpdate<Progress, [PersonsDecision]>('cancel')
export const revalidateUpdate = defineUpdate<Progress, [CheckDecision]>('revalidate')
