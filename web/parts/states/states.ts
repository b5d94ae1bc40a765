import type { Import } from '../../api/schema.ts'

/** Colour stands for a state and for nothing else: grey, blue, green, amber, red. */
export type Tone = 'waiting' | 'running' | 'done' | 'person' | 'refused'

/** A state in a word or two, and its colour. */
export interface State {
  label: string
  tone: Tone
}

export const importStates: Record<Import['status'], State> = {
  received: { label: 'Waiting', tone: 'waiting' },
  parsing: { label: 'Reading', tone: 'running' },
  validating: { label: 'Checking', tone: 'running' },
  review: { label: 'Waits for you', tone: 'person' },
  applying: { label: 'Importing', tone: 'running' },
  notifying: { label: 'Sending e-mails', tone: 'running' },
  paused: { label: 'Stopped', tone: 'person' },
  completed: { label: 'Done', tone: 'done' },
  rejected: { label: 'Refused', tone: 'refused' },
  cancelled: { label: 'Cancelled', tone: 'waiting' },
  failed: { label: 'Failed', tone: 'refused' },
}
