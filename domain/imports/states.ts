/** Where an import stands, in the words of the public API (DESIGN.md, "The workflow"). */
export const importStatuses = [
  'received',
  'parsing',
  'validating',
  'review',
  'applying',
  'notifying',
  'paused',
  'completed',
  'rejected',
  'cancelled',
  'failed',
] as const
export type ImportStatus = (typeof importStatuses)[number]

/** The steps of an import in order. A paused import keeps the phase that it stopped in, and resumes there. */
export const importPhases = ['receive', 'parse', 'validate', 'review', 'apply', 'notify', 'done'] as const
export type ImportPhase = (typeof importPhases)[number]

export const finalStatuses = ['completed', 'rejected', 'cancelled', 'failed'] as const
export type FinalStatus = (typeof finalStatuses)[number]

/** True once nothing can change the import any more. */
export function isFinal(status: ImportStatus): status is FinalStatus {
  return (finalStatuses as readonly string[]).includes(status)
}

/** Statuses by what they mean for people: who looks at imports looks for the first of these first. */
export const importStages = {
  waiting: ['paused', 'review'],
  running: ['received', 'parsing', 'validating', 'applying', 'notifying'],
  ended: finalStatuses,
} as const satisfies Record<string, readonly ImportStatus[]>
export type ImportStage = keyof typeof importStages

/** What became of a row. `invalid` is decided by validation (or by a refused write), the others by apply. */
export const rowOutcomes = ['created', 'invited', 'updated', 'skipped', 'invalid'] as const
export type RowOutcome = (typeof rowOutcomes)[number]

/** A user as other programs see one: `disabled` wins over everything, `pending` has an account and no password yet. */
export type UserStatus = 'invited' | 'pending' | 'active' | 'disabled'
