import { StateBadge } from '../../../parts/states/state-badge.tsx'
import type { State } from '../../../parts/states/states.ts'
import { AccountActs } from '../account-acts.tsx'
import { CompanyNames } from '../resource/names.tsx'
import { resource } from '../resource/resource.ts'
import { InvitationOnce } from '../shown-once.tsx'

const roles = [
  { value: 'platform', label: 'Administrator of the platform' },
  { value: 'companies', label: 'Administrator of some companies' },
]

const states: Record<'invited' | 'active' | 'disabled', State> = {
  invited: { label: 'Invited', tone: 'waiting' },
  active: { label: 'Active', tone: 'done' },
  disabled: { label: 'Disabled', tone: 'refused' },
}

export const administrators = resource({
  part: 'accounts',
  title: 'Administrators',
  one: 'account',
  sentence: 'Who signs in here, and what they may do.',
  empty: 'Nobody yet.',
  managedBy: 'platform',
  hiddenFrom: 'companies',
  nameOf: ({ name }) => name,
  columns: [
    { title: 'Name', cell: ({ name }) => name, width: 'minmax(0, 1.2fr)' },
    { title: 'State', cell: ({ status }) => <StateBadge {...states[status]} />, width: '8rem', onPhone: 'bare' },
    { title: 'E-mail address', cell: ({ email }) => email, width: 'minmax(0, 1.6fr)', onPhone: 'bare' },
    {
      title: 'Looks after',
      cell: ({ companies }) => (companies ? <CompanyNames ids={companies} /> : 'the whole platform'),
    },
  ],
  fields: [
    { name: 'name', label: 'Name', kind: 'text', fixed: true },
    { name: 'email', label: 'E-mail address', hint: 'The invitation goes there.', kind: 'email', fixed: true },
    { name: 'role', label: 'May do what', kind: roles },
    {
      name: 'companies',
      label: 'Companies',
      hint: 'They see and change nothing else.',
      kind: 'companies',
      shownWhen: ({ role }) => role === 'companies',
    },
  ],
  add: 'Invite an administrator',
  changes: true,
  keeps: ({ id }, self) =>
    id === self ? 'This is you. Another administrator of the platform changes what you may do.' : null,
  More: AccountActs,
  Made: InvitationOnce,
  deleting: 'cannot sign in any more, and their invitation is void. Their imports stay, with their name.',
})
