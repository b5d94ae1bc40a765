import {
  type ComboboxItem,
  MultiSelect,
  type MultiSelectProps,
  type OptionsFilter,
  Select,
  type SelectProps,
} from '@mantine/core'
import { useState } from 'react'
import { holdsWords, type Kind, SHOWN, useChoices } from './use-choices.ts'

interface Wanted<Value> {
  name: string
  /** What is chosen from. */
  of: Kind
  /** Only what is of this company, or what it may use. */
  company?: string | null | undefined
  value: Value
  onChange: (value: Value) => void
}

type One = Wanted<string | null> & Omit<SelectProps, keyof Wanted<string> | 'data'>
type Some = Wanted<string[]> & Omit<MultiSelectProps, keyof Wanted<string[]> | 'data' | 'label'>

/** Fields beside one another stand in line, whether or not something is said of them. */
export const below = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[]

const byWords: OptionsFilter = ({ options, search }) =>
  (options as ComboboxItem[]).filter(({ label }) => holdsWords(label, search))

/** One of many, found by typing; or none. */
export function ChooseOne({ name, of, company, value, disabled = false, ...props }: One) {
  const [typed, setTyped] = useState('')
  const [label, setLabel] = useState('')
  // The field holds the name of what is chosen: that is no search.
  const search = typed === label ? '' : typed
  const chosen = value === null ? [] : [value]
  const { choices, searching } = useChoices(of, { search, chosen, company, enabled: !disabled })
  const shown = choices.find((choice) => choice.value === value)?.label ?? ''
  if (shown !== label) setLabel(shown)
  return (
    <Select
      label={name}
      inputWrapperOrder={below}
      data={choices}
      value={value}
      onSearchChange={setTyped}
      filter={byWords}
      searchable
      clearable
      clearButtonProps={{ 'aria-hidden': false, 'aria-label': `No ${name.toLowerCase()}`, tabIndex: 0 }}
      limit={SHOWN}
      disabled={disabled}
      nothingFoundMessage={searching ? 'Searching …' : 'Nothing with this name'}
      {...props}
    />
  )
}

/** Some of many, found by typing; taken away one by one or all at once. */
export function ChooseSome({ name, of, company, value, placeholder, ...props }: Some) {
  const [search, setSearch] = useState('')
  const { choices, searching, none } = useChoices(of, { search, chosen: value, company })
  const nothing = none && value.length === 0
  return (
    <MultiSelect
      label={name}
      data={choices}
      value={value}
      onSearchChange={setSearch}
      filter={byWords}
      searchable
      clearable
      clearButtonProps={{ 'aria-hidden': false, 'aria-label': `Remove all: ${name}`, tabIndex: 0 }}
      limit={SHOWN}
      hidePickedOptions
      disabled={nothing}
      placeholder={nothing ? 'There is none yet' : placeholder}
      nothingFoundMessage={searching ? 'Searching …' : 'Nothing with this name'}
      {...props}
    />
  )
}
