import { finalStatuses, type ImportPhase, type ImportStatus, importStatuses, statusOfPhase } from './states.ts'

/** The workflow, or an administrator's request that the API carries out itself because no workflow is running. */
export type Cause = 'workflow' | 'administrator'

/** One allowed change of an import. `db/imports/transitions.ts` rejects every other change. */
export interface Transition {
  from: readonly ImportStatus[]
  /** The phases that the import may be in, for a transition that the status alone does not determine. */
  fromPhases?: readonly ImportPhase[]
  /** Null when only the phase changes. */
  to: ImportStatus | null
  phases: readonly ImportPhase[]
  by: readonly Cause[]
  /** One sentence for ARCHITECTURE.md. */
  when: string
}

const open = importStatuses.filter((status) => !(finalStatuses as readonly ImportStatus[]).includes(status))

/**
 * A running status. It can follow itself, because a write can be repeated and a new run starts in the phase of the run
 * before. It can follow `paused`, because a resume repeats the phase that stopped.
 */
function running(phase: Exclude<ImportPhase, 'done'>, before: readonly ImportStatus[], when: string): Transition {
  const to = statusOfPhase[phase]
  return { from: [...before, to, 'paused'], to, phases: [phase], by: ['workflow', 'administrator'], when }
}

/** Every transition of an import. A test compares it with the table in ARCHITECTURE.md. */
export const transitions = {
  receive: running('receive', [], 'An administrator resumes an import that has not started.'),
  parse: running('parse', ['received'], 'The workflow starts to read the file.'),
  parsed: {
    from: open,
    fromPhases: ['receive', 'parse'],
    to: null,
    phases: ['validate'],
    by: ['workflow'],
    when: 'All rows are stored.',
  },
  validate: running('validate', ['parsing'], 'The workflow starts to check the rows.'),
  planned: {
    from: open,
    fromPhases: ['validate'],
    to: null,
    phases: ['review', 'apply'],
    by: ['workflow'],
    when: 'The plan is frozen.',
  },
  review: running('review', ['validating'], 'The import was started with a review.'),
  apply: running('apply', ['validating', 'review'], 'No review is wanted, or an administrator has confirmed.'),
  notify: running('notify', ['applying'], 'Every row has an outcome.'),
  pause: {
    from: ['parsing', 'validating', 'applying', 'notifying', 'paused'],
    to: 'paused',
    phases: ['parse', 'validate', 'apply', 'notify'],
    by: ['workflow'],
    when: 'A step failed permanently or ran out of retries.',
  },
  complete: {
    // `paused` is included because a late attempt of an earlier pause can arrive after the resume.
    from: ['validating', 'review', 'notifying', 'paused'],
    to: 'completed',
    phases: ['done'],
    by: ['workflow'],
    when: 'Every e-mail is sent or has failed, or the dry run is validated.',
  },
  reject: {
    from: ['received', 'parsing', 'validating', 'paused'],
    to: 'rejected',
    phases: ['done'],
    by: ['workflow'],
    when: 'The file cannot be read, or validation rejects it.',
  },
  cancel: {
    from: open,
    to: 'cancelled',
    phases: ['done'],
    by: ['workflow', 'administrator'],
    when: 'An administrator cancels, or does not confirm in time.',
  },
  fail: {
    from: ['parsing', 'validating', 'applying', 'notifying', 'paused'],
    to: 'failed',
    phases: ['done'],
    by: ['workflow'],
    when: 'A step failed and no resume can fix it.',
  },
  recheck: {
    from: ['review', 'rejected', 'completed'],
    to: 'received',
    phases: ['receive'],
    by: ['workflow'],
    when: 'An administrator asks for a recheck, and nothing was written.',
  },
} as const satisfies Record<string, Transition>

/** Returns the transition into the running status of a phase, or null for `done`, in which no import runs. */
export function transitionInto(phase: ImportPhase): Transition | null {
  return phase === 'done' ? null : transitions[phase]
}

/**
 * True when a recheck is allowed: nothing was written, and no administrator has confirmed or cancelled the import.
 *
 * @param decided true when an administrator has confirmed or cancelled the import in review
 */
export function canRecheck({
  status,
  dryRun,
  decided,
}: {
  status: ImportStatus
  dryRun: boolean
  decided: boolean
}): boolean {
  return status === 'rejected' || (status === 'completed' && dryRun) || (status === 'review' && !decided)
}
