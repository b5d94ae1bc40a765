import type { User } from '../../api/schema.ts'
import type { State } from '../states/states.ts'

export const personStates: Record<User['status'], State> = {
  invited: { label: 'Invited', tone: 'waiting' },
  pending: { label: 'Not activated', tone: 'waiting' },
  active: { label: 'Active', tone: 'done' },
  disabled: { label: 'Disabled', tone: 'refused' },
}

/** A person's name, or their address where nobody has given one. */
export function nameOf({ firstName, lastName, email }: Pick<User, 'firstName' | 'lastName' | 'email'>): string {
  return [firstName, lastName].filter(Boolean).join(' ') || email
}
