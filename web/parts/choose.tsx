import { MultiSelect, Select } from '@mantine/core'
import type { Choice } from './choices.ts'

/** Choices that are drawn at once; typing finds the others. */
const SHOWN = 100

interface Props<Value> {
  name: string
  data: Choice[]
  value: Value
  onChange: (value: Value) => void
  error?: string | undefined
  description?: string
  className?: string | undefined
}

/** Fields beside one another stand in line, whether or not something is said of them. */
export const below = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[]

/** One of many, found by typing; or none. */
export function ChooseOne({ name, ...props }: Props<string | null> & { disabled?: boolean }) {
  return (
    <Select
      label={name}
      inputWrapperOrder={below}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `No ${name.toLowerCase()}` }}
      limit={SHOWN}
      nothingFoundMessage="Nothing with this name"
      {...props}
    />
  )
}

/** Some of many, found by typing. */
export function ChooseSome({ name, ...props }: Props<string[]>) {
  return (
    <MultiSelect
      label={name}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `No ${name.toLowerCase()}` }}
      limit={SHOWN}
      hidePickedOptions
      nothingFoundMessage="Nothing with this name"
      {...props}
    />
  )
}
