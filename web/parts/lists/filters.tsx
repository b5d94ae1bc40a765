import { Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSearchParams } from 'wouter'
import { ChooseOne } from '../forms/choose.tsx'
import type { Kind } from '../forms/use-choices.ts'
import classes from './filters.module.css'

/** The part of an address that names a place in a long list. Another filter is another list, which begins at its top. */
export const PLACE = 'row'

/**
 * One part of the address after the `?`, so that a filtered view can be copied and opened again.
 *
 * @returns its value, or null, and what sets it; null takes it away
 */
export function useFilter(name: string): [string | null, (value: string | null) => void] {
  const [search, setSearch] = useSearchParams()
  const set = (value: string | null) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        after.delete(PLACE)
        if (value === null || value === '') after.delete(name)
        else after.set(name, value)
        return after
      },
      { replace: true },
    )
  return [search.get(name), set]
}

interface ChoiceProps {
  /** What is chosen: `State`. */
  name: string
  value: string | null
  onChange: (value: string | null) => void
  options: { value: string; label: string }[]
  searchable?: boolean
}

/** What names a filter that holds nothing, and what empties it. */
const allOf = (name: string) => ({
  'aria-label': name,
  placeholder: `${name}: all`,
  clearButtonProps: { 'aria-label': `${name}: all`, 'aria-hidden': false, tabIndex: 0 } as const,
  className: classes.select,
})

/** A filter with some values; empty is all of them. */
export function FilterSelect({ name, value, onChange, options, searchable = false }: ChoiceProps) {
  return (
    <Select
      {...allOf(name)}
      value={value}
      onChange={onChange}
      data={options}
      searchable={searchable}
      clearable
      nothingFoundMessage="Nothing with this name"
    />
  )
}

interface FoundProps extends Omit<ChoiceProps, 'options' | 'searchable'> {
  of: Kind
}

/** A filter with any number of values, found by typing; empty is all of them. */
export function FilterChoice({ name, of, value, onChange }: FoundProps) {
  return <ChooseOne {...allOf(name)} name={name} of={of} value={value} onChange={onChange} label={null} />
}

/** Filters in a line. */
export function Filters({ children }: { children: ReactNode }) {
  return (
    <search className={classes.filters} aria-label="Filters">
      {children}
    </search>
  )
}
