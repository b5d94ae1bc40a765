import { type Field, fields } from '../fields.ts'
import { none } from './none.ts'
import type { Template, TemplateColumn } from './template.ts'

/** A field that a column can be matched to, as a person chooses it from a list. */
export interface PlatformField {
  field: Field
  /** In English. */
  label: string
  required: boolean
  /** Any number of columns: `title 1`, `title 2`, … */
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

/** Every field of the platform for a template whose columns are matched, the template's own first; none for others. */
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
