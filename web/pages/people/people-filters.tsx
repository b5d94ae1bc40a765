import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { FilterChoice, Filters } from '../../parts/lists/filters.tsx'
import { SearchIcon } from '../../parts/page/icons.tsx'
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
      <FilterChoice name="Company" of="companies" value={company} onChange={setCompany} />
      <FilterChoice name="Group" of="groups" value={group} onChange={setGroup} />
      <FilterChoice name="Import" of="imports" value={filter.import} onChange={filter.setImport} />
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
