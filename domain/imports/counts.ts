import type { ImportPhase, ImportStatus } from './states.ts'

/** What validation found that apply will do. Frozen when validation ends. */
export interface Plan {
  create: number
  invite: number
  update: number
  skip: number
  invalid: number
  assignments: number
  emails: number
}

/** What was done, as counted in the database by the transactions that did it. */
export interface Counts {
  records: number
  valid: number
  invalid: number
  created: number
  invited: number
  updated: number
  skipped: number
  assignments: number
  emails: { queued: number; sent: number; failed: number }
}

/** The answer of the Query `progress`: counts and states only, nothing that names a person. */
export interface Progress {
  importId: string
  status: ImportStatus
  phase: ImportPhase
  records: number
  appliedRows: number
  emailsSent: number
  emailsFailed: number
  emailsToSend: number
  problem: { code: string; detail: string } | null
}
