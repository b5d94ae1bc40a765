/** The part of an import in the public API (DESIGN.md, "The import") that the command line shows. */
export interface Import {
  id: string
  status: string
  phase: string
  file: { name: string; size: number }
  template: string | null
  options: { dryRun?: boolean; [option: string]: unknown }
  /** null until validation ends. */
  plan: Plan | null
  counts: Counts
  problem: Problem | null
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  links?: Record<string, unknown>
}

export interface Plan {
  create: number
  invite: number
  update: number
  skip: number
  invalid: number
  assignments: number
  emails: number
}

export interface Counts {
  records: number
  valid: number
  invalid: number
  created: number
  invited: number
  updated: number
  skipped: number
  assignments: number
  /** `queued` counts the e-mails that wait to be sent. */
  emails: { queued: number; sent: number; failed: number }
}

/** RFC 9457 problem details. Further members depend on the `code`. */
export interface Problem {
  type?: string
  title: string
  status: number
  detail?: string
  code?: string
  [extension: string]: unknown
}

export interface UnmatchedTitle {
  title: string
  company: string
  rows: { count: number; first: number[] }
  reason: string
  suggestions: string[]
}

export interface HeaderError {
  found: string | null
  expected: string | null
  column: string | null
  reason: string
}

/** A field and a column that cannot be matched. `header` is null for a field without a column. */
export interface MappingError {
  field: string
  header: string | null
  reason: string
}

/** One row of an import and its errors. */
export interface ImportRow {
  row: number
  errors: { column: string | null; code: string; message: string; value: string | null }[]
}

/** Returns true for an import that waits for an administrator. */
export function isWaiting(status: string): boolean {
  return status === 'paused' || status === 'review'
}

/** Returns true for an import in a final status. */
export function hasEnded(status: string): boolean {
  return ['completed', 'rejected', 'cancelled', 'failed'].includes(status)
}

/** One row of a plan: what apply will do. References are ids. */
export interface PlanRow {
  row: number
  action: string
  reason: string | null
  email: string | null
  changes: Record<string, { from: unknown; to: unknown }>
  groups: string[]
  courses: string[]
  sendsEmail: boolean
  setsPassword: boolean
  errors: ImportRow['errors']
}

/** Returns true if the plan of an import can be read: during a review, and after a dry run. */
export function hasPlan({ status, options, plan }: Import): boolean {
  return plan !== null && (status === 'review' || (options.dryRun === true && status === 'completed'))
}

/** Returns the number of rows with errors that the import reports. */
export function invalidCount({ counts, plan, problem }: Import): number {
  const refused = problem?.code === 'invalid-rows' ? Number(problem.count ?? 0) : 0
  return Math.max(counts.invalid, plan?.invalid ?? 0, refused)
}
