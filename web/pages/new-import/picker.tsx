import { MultiSelect } from '@mantine/core'
import type { Choice } from '../../parts/choices.ts'

/** Names in the list at once; typing finds the others. */
const SHOWN = 100

interface Props {
  name: string
  does: string
  choices: Choice[]
  value: string[]
  onChange: (value: string[]) => void
}

/** Any number of things with a name: searched, added, removed one by one or all at once. */
export function Picker({ name, does, choices, value, onChange }: Props) {
  // What is no longer there cannot be shown by its name, and must not be lost without a word.
  const gone = value.filter((id) => !choices.some((choice) => choice.value === id))
  const data = choices.length === 0 ? [] : [...choices, ...gone.map((id) => ({ value: id, label: 'no longer there' }))]
  return (
    <MultiSelect
      label={name}
      description={does}
      placeholder={value.length === 0 ? 'None. Type to search' : 'Add another'}
      data={data}
      value={choices.length === 0 ? [] : value}
      onChange={onChange}
      disabled={choices.length === 0 && value.length === 0}
      searchable
      clearable
      hidePickedOptions
      limit={SHOWN}
      clearButtonProps={{ 'aria-hidden': false, 'aria-label': `Remove all: ${name}`, tabIndex: 0 }}
      nothingFoundMessage="Nothing with this name"
    />
  )
}
