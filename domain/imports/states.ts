/** Statuses of an import, as the public API names them. `transitions.ts` lists the allowed changes. */
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

/** The status of a running import in each phase. A resume and a transition both use this definition. */
export const statusOfPhase: Record<ImportPhase, ImportStatus> = {
  receive: 'received',
  parse: 'parsing',
  validate: 'validating',
  review: 'review',
  apply: 'applying',
  notify: 'notifying',
  // The last write of an import ends it, so until then an import without further work is still notifying.
  done: 'notifying',
}

/** True once the import has ended. Only a recheck reopens it, and only where nothing was written. */
export function isFinal(status: ImportStatus): status is FinalStatus {
  return (finalStatuses as readonly string[]).includes(status)
}

/** Statuses by what they mean to an administrator. Lists show the imports that wait for a decision first. */
export const importStages = {
  waiting: ['paused', 'review'],
  running: ['received', 'parsing', 'validating', 'applying', 'notifying'],
  ended: finalStatuses,
} as const satisfies Record<string, readonly ImportStatus[]>
export type ImportStage = keyof typeof importStages

/** The result of a row. Validation, or a write that the database rejects, sets `invalid`. Apply sets the others. */
export const rowOutcomes = ['created', 'invited', 'updated', 'skipped', 'invalid'] as const
export type RowOutcome = (typeof rowOutcomes)[number]

/** The status of a user in the API. `disabled` takes precedence. A `pending` user has an account but no password. */
export type UserStatus = 'invited' | 'pending' | 'active' | 'disabled'
