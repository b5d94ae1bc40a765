import type { ImportPhase, ImportStatus } from './states.ts'

/** What apply will do, as counted by validation. Frozen when validation ends. */
export interface Plan {
  create: number
  invite: number
  update: number
  skip: number
  invalid: number
  assignments: number
  emails: number
}

/** What the import has done. The transactions that did the work update these counts. */
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

/** The result of the Query `progress`. It has only counts and states, and names no user. */
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
