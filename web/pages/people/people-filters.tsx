import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { useGet } from '../../api/hooks.ts'
import { useCompanies, useGroups } from '../../parts/choices.ts'
import { FilterSelect, Filters } from '../../parts/filters.tsx'
import { formatTime } from '../../parts/format.ts'
import { SearchIcon } from '../../parts/icons.tsx'
import classes from './people.module.css'
import { type PeopleFilter, states } from './use-people-filter.ts'

/** Milliseconds of rest after which what was typed is looked for. */
const REST = 250

/** Who is shown: by name or address, by state, and by where people belong. */
export function PeopleFilters({ filter }: { filter: PeopleFilter }) {
  const { state, setState, company, setCompany, group, setGroup } = filter
  return (
    <Filters>
      <Search value={filter.q} onChange={filter.setQ} />
      <fieldset className={classes.states}>
        <legend className={classes.unseen}>State</legend>
        {states.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            className={classes.state}
            aria-pressed={state === value}
            onClick={() => setState(state === value ? null : value)}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <FilterSelect name="Company" value={company} onChange={setCompany} options={useCompanies()} searchable />
      <FilterSelect name="Group" value={group} onChange={setGroup} options={useGroups()} searchable />
      <ImportFilter value={filter.import} onChange={filter.setImport} />
    </Filters>
  )
}

interface Props {
  value: string | null
  onChange: (value: string | null) => void
}

function Search({ value, onChange }: Props) {
  const [text, setText] = useState(value ?? '')
  const search = useDebouncedCallback(onChange, REST)
  // Taken away elsewhere, as by “Without filters”.
  const [known, setKnown] = useState(value)
  if (known !== value) {
    setKnown(value)
    if (value !== (text.trim() || null)) setText(value ?? '')
  }
  return (
    <TextInput
      type="search"
      aria-label="Find by name or address"
      placeholder="Find by name or address"
      leftSection={<SearchIcon size={18} />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        search(event.currentTarget.value.trim() || null)
      }}
      className={classes.search}
    />
  )
}

/** Latest imports, and the one that a link has brought somebody from. */
function ImportFilter({ value, onChange }: Props) {
  const { data } = useGet('GET /v1/imports', { query: { limit: 50 } })
  const latest = data?.items ?? []
  const linked = useGet(
    'GET /v1/imports/{id}',
    { path: { id: value ?? '' } },
    { enabled: value !== null && data !== undefined && !latest.some(({ id }) => id === value) },
  )
  const all = linked.data ? [linked.data, ...latest] : latest
  const options = all.map(({ id, file, createdAt }) => ({ value: id, label: `${file.name}, ${formatTime(createdAt)}` }))
  return <FilterSelect name="Import" value={value} onChange={onChange} options={options} searchable />
}
