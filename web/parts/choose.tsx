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
export function ChooseSome({ name, data, ...props }: Props<string[]>) {
  // Until its name is known, what is chosen would be shown as its id.
  const unnamed = props.value.filter((id) => !data.some(({ value }) => value === id))
  return (
    <MultiSelect
      label={name}
      data={[...data, ...unnamed.map((value) => ({ value, label: '…' }))]}
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
