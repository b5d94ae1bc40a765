import { useFilter } from '../../parts/lists/filters.tsx'

/** States that people can be looked for by. A link that has run out is a state to whoever wants to send another. */
export const states = [
  { value: 'invited', label: 'Invited' },
  { value: 'pending', label: 'Not activated' },
  { value: 'expired', label: 'Link expired' },
  { value: 'active', label: 'Active' },
  { value: 'disabled', label: 'Disabled' },
] as const

type Status = Exclude<(typeof states)[number]['value'], 'expired'>

/** The filters of the address, and the same as the API takes them. */
export function usePeopleFilter() {
  const [q, setQ] = useFilter('q')
  const [state, setState] = useFilter('state')
  const [company, setCompany] = useFilter('company')
  const [group, setGroup] = useFilter('group')
  const [from, setFrom] = useFilter('import')
  const query = {
    ...(q === null ? {} : { q }),
    ...(company === null ? {} : { company }),
    ...(group === null ? {} : { group }),
    ...(from === null ? {} : { import: from }),
    ...(state === 'expired' ? { link: 'expired' as const } : {}),
    ...(isStatus(state) ? { status: state } : {}),
  }
  return { q, setQ, state, setState, company, setCompany, group, setGroup, import: from, setImport: setFrom, query }
}

export type PeopleFilter = ReturnType<typeof usePeopleFilter>
export type PeopleQuery = PeopleFilter['query']

function isStatus(state: string | null): state is Status {
  return states.some(({ value }) => value === state && value !== 'expired')
}
