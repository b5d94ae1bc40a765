import { Select, Textarea, TextInput } from '@mantine/core'
import { ChooseOne, ChooseSome } from '../../../../parts/forms/choose.tsx'
import type { Field, Values } from './field.ts'
import { localOf, momentOf } from './local-time.ts'

interface Props {
  field: Field
  values: Values
  onChange: (value: unknown) => void
  error: string | undefined
  /** Where somebody begins: it has the focus when its dialog opens. */
  first?: boolean
}

/** A field of a form by its kind. */
export function FieldInput({ field, values, onChange, error, first = false }: Props) {
  const { name, label, hint, kind, optional } = field
  const value = values[name]
  const about = {
    label: optional ? `${label} (may stay empty)` : label,
    error,
    'data-autofocus': first || undefined,
    ...(hint ? { description: hint } : {}),
  }
  if (Array.isArray(kind)) {
    return (
      <Select {...about} data={kind} value={String(value) || null} onChange={onChange} allowDeselect={false} required />
    )
  }
  if (kind === 'lines') {
    return (
      <Textarea
        {...about}
        autosize
        minRows={3}
        maxRows={12}
        value={(value as string[]).join('\n')}
        onChange={(event) => onChange(event.currentTarget.value.split('\n'))}
      />
    )
  }
  if (kind === 'time') {
    return (
      <TextInput
        {...about}
        type="datetime-local"
        required
        value={localOf(String(value))}
        onChange={(event) => onChange(momentOf(event.currentTarget.value))}
      />
    )
  }
  if (kind === 'text' || kind === 'email') {
    return (
      <TextInput
        {...about}
        type={kind}
        required={!optional}
        value={String(value)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  return <IdInput field={field} values={values} onChange={onChange} error={error} first={first} />
}

/** Companies and courses, found by typing; kept as ids. */
function IdInput({ field: { name, label, hint, kind, optional }, values, onChange, error, first = false }: Props) {
  const company =
    kind === 'course' && typeof values.company === 'string' && values.company !== '' ? values.company : null
  const shared = {
    name: optional ? `${label} (may stay empty)` : label,
    of: kind === 'company' || kind === 'companies' ? 'companies' : 'courses',
    company,
    error,
    'data-autofocus': first || undefined,
    // A dialog that opens with a list over it would hide what it asks.
    openOnFocus: !first,
    ...(hint ? { description: hint } : {}),
  } as const
  if (kind === 'companies' || kind === 'courses') {
    return <ChooseSome {...shared} value={values[name] as string[]} onChange={onChange} />
  }
  return <ChooseOne {...shared} value={String(values[name]) || null} onChange={(value) => onChange(value ?? '')} />
}
