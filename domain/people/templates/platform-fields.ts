import { type Field, fields } from '../fields.ts'
import { none } from './none.ts'
import type { Template, TemplateColumn } from './template.ts'

/** A field in the list from which an administrator chooses the field of a column. */
export interface PlatformField {
  field: Field
  /** In English. */
  label: string
  required: boolean
  /** True when any number of columns can be this field: `title 1`, `title 2`, … */
  numbered: boolean
  rule: string
}

const labels: Readonly<Record<Field, string>> = {
  enabled: 'Enabled',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail address',
  company: 'Company',
  cohort: 'Cohort',
  language: 'Language',
  jobRole: 'Job role',
  region: 'Region',
  description: 'Description',
  label: 'Label',
  groups: 'Groups',
  title: 'Course title',
}

/**
 * Returns every field of the platform for a template whose columns are matched, the template's own fields first.
 * Returns none for other templates.
 */
export function platformFields({ headers, columns }: Template): PlatformField[] {
  if (headers !== 'matched') return []
  const known = new Map<Field, TemplateColumn>([...none.columns, ...columns].map((column) => [column.field, column]))
  const own = columns.map(({ field }) => field)
  const rest = [...fields, 'title' as const].filter((field) => !own.includes(field))
  return [...own, ...rest].map((field) => ({
    field,
    label: labels[field],
    required: columns.some((column) => column.field === field && column.required),
    numbered: field === 'title',
    rule: known.get(field)?.rule ?? '',
  }))
}
