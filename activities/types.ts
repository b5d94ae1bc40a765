import type { FinalStatus, ImportPhase, ImportStatus } from '../domain/imports/states.ts'

/** Payloads are ids, counts and states. No row, name or address enters a history. */

export interface ImportRef {
  importId: string
}

/** One validation of the import's file. A recheck makes late attempts of the one before void. */
export interface CheckRef extends ImportRef {
  check: number
}

/** Where an import stands in the database: everything that a new run needs to continue. */
export interface ImportStanding {
  status: ImportStatus
  phase: ImportPhase
  /** How often the file was validated, this time included. */
  checks: number
  template: string
  companies: string[]
  records: number
  /** Rows of the file, header included: the last row number. 0 before it is parsed. */
  lastRow: number
  /** The first row that no finished batch covers. Apply continues there. */
  firstOpenRow: number
  appliedRows: number
  invalidRows: number
  emailsToSend: number
  emailsSent: number
  emailsFailed: number
  review: boolean
  dryRun: boolean
  confirmed: boolean
  cancelRequested: boolean
  /** Whether the server knows Muster's search attributes; upserting unknown ones would fail the workflow. */
  searchAttributes: boolean
  /** Whether the import has a contact that gets a report when it ends. */
  wantsReport: boolean
  problem: { code: string; detail: string } | null
}

export interface ParseResult {
  rejected: boolean
  records: number
  lastRow: number
  problem: { code: string; detail: string } | null
}

export interface ValidateResult {
  /** `valid`: the plan is frozen. */
  result: 'valid' | 'rejected'
  companies: string[]
  records: number
  invalidRows: number
  plan: { create: number; update: number; skip: number; invalid: number; assignments: number; emails: number } | null
  problem: { code: string; detail: string } | null
}

export interface ApplyBatchInput extends ImportRef {
  /** First and last row number, both included. */
  firstRow: number
  lastRow: number
}

export interface ApplyBatchResult {
  /** Rows that this attempt gave an outcome. A repeated batch reports 0. */
  rows: number
  /** Rows that the database rejected. They are reported as invalid. */
  refused: number
}

export interface MoveInput extends CheckRef {
  status: ImportStatus
  phase: ImportPhase
}

export interface PauseInput extends ImportRef {
  phase: ImportPhase
  /** A failure type of the closed list, or `Unknown`; pauseImport turns it into a sentence. */
  failure: string
  /** Courses that the failure names. */
  courseIds: string[]
}

export interface FinishInput extends CheckRef {
  status: FinalStatus
  /** Why a `failed` import failed; null for every other status. */
  failure: string | null
}

export interface SendEmailsInput {
  mailingId: string
  /** Most e-mails claimed by this attempt. */
  limit: number
}

export interface SendEmailsResult {
  sent: number
  failed: number
  /** E-mails of the mailing that are neither sent nor failed, this claim's deferred ones included. */
  open: number
  /** Milliseconds until the earliest open e-mail may be tried, by the database's clock. 0: now. null: none is open. */
  retryInMs: number | null
}

export interface AccountLinkRef {
  linkId: string
}

export interface ExpireLinksResult {
  expired: number
  /** Milliseconds until the next live link of the mailing expires, by the database's clock. null: none is left. */
  nextInMs: number | null
}

/** Every activity, as the workflows call them. One file each, named as here. */
export interface Activities {
  openImport(input: ImportRef): Promise<ImportStanding>
  parseFile(input: ImportRef): Promise<ParseResult>
  validateRows(input: ImportRef): Promise<ValidateResult>
  moveImport(input: MoveInput): Promise<void>
  applyBatch(input: ApplyBatchInput): Promise<ApplyBatchResult>
  refreshPlan(input: ImportRef): Promise<void>
  pauseImport(input: PauseInput): Promise<void>
  recheckImport(input: CheckRef): Promise<void>
  finishImport(input: FinishInput): Promise<void>
  expireLinks(input: { mailingId: string }): Promise<ExpireLinksResult>
}

/** Activities of the mail queue, rate-limited across all workers. */
export interface MailActivities {
  sendEmails(input: SendEmailsInput): Promise<SendEmailsResult>
  sendReport(input: CheckRef): Promise<void>
  sendAccountLetter(input: AccountLinkRef): Promise<void>
}
