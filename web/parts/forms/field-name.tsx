import { useAll } from '../../api/use-all.ts'
import { fieldName } from './field-names.ts'

const CUSTOM = 'custom.'

/** A field as people call it: a custom one by its label, or by its key once the field is gone. */
export function FieldName({ field }: { field: string }) {
  const custom = field.startsWith(CUSTOM)
  const { items } = useAll('GET /v1/custom-fields', { query: { limit: 200 } }, { enabled: custom })
  const known = custom ? items.find(({ key }) => key === field.slice(CUSTOM.length)) : undefined
  return known?.label ?? fieldName(field)
}
