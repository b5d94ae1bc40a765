import type { ImportStanding } from '../activities/types.ts'
import type { Progress } from '../domain/imports/counts.ts'

/** What one run of the workflow knows. The database has everything else, and a new run reads it from there. */
export interface ImportRun {
  importId: string
  /** As the database had it when this run, or this check of the file, began. */
  standing: ImportStanding
  progress: Progress
  confirmed: boolean
  cancelled: boolean
  /** An administrator asked for a recheck of the stored file. */
  recheck: boolean
  /** The search attributes as last shown. Each upsert is an event, so only changes are sent. */
  shownAttributes: string
  /** Set while the import resumes: lanes that paused side by side resume together. */
  resuming: Promise<void> | null
  /** How often an administrator resumed. A pause waits for the next one. */
  resumes: number
}

/** A run that has not read the database yet. */
export function newRun(importId: string): ImportRun {
  const { status, phase, records, appliedRows, emailsToSend, emailsSent, emailsFailed, problem } = unknownStanding
  return {
    importId,
    standing: unknownStanding,
    progress: { importId, status, phase, records, appliedRows, emailsToSend, emailsSent, emailsFailed, problem },
    confirmed: false,
    cancelled: false,
    recheck: false,
    resumes: 0,
    resuming: null,
    shownAttributes: '',
  }
}

/** True once the run has read where the import stands. */
export const isOpen = (run: ImportRun): boolean => run.standing !== unknownStanding

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
