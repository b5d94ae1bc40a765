import { Select, TextInput } from '@mantine/core'
import type { FieldErrors } from '../../../api/field-errors.ts'
import type { CustomField } from '../../../api/schema.ts'
import { useAll } from '../../../api/use-all.ts'

interface Props {
  values: Record<string, string>
  onChange: (values: Record<string, string>) => void
  errors: FieldErrors
}

/** The fields that this platform has added, each by its type. */
export function CustomFields({ values, onChange, errors }: Props) {
  const { items } = useAll('GET /v1/custom-fields', { query: { limit: 200 } })
  return items.map((field) => (
    <OneField
      key={field.id}
      field={field}
      value={values[field.key] ?? ''}
      onChange={(value) => onChange({ ...values, [field.key]: value })}
      error={errors.get(`custom.${field.key}`)}
    />
  ))
}

interface OneProps {
  field: CustomField
  value: string
  onChange: (value: string) => void
  error: string | undefined
}

function OneField({ field: { label, type, choices }, value, onChange, error }: OneProps) {
  if (type === 'choice') {
    return (
      <Select
        label={label}
        data={choices}
        value={value || null}
        onChange={(chosen) => onChange(chosen ?? '')}
        error={error}
        clearable
        clearButtonProps={{ 'aria-label': `No ${label}` }}
      />
    )
  }
  return (
    <TextInput
      label={label}
      type={type === 'date' ? 'date' : 'text'}
      inputMode={type === 'number' ? 'decimal' : undefined}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
    />
  )
}
