/** What the platform keeps of a person, and what a column of a file can carry. */
export const fields = [
  'enabled',
  'firstName',
  'lastName',
  'email',
  'company',
  'cohort',
  'language',
  'jobRole',
  'region',
  'description',
  'label',
  'groups',
] as const

/** A field of the platform. `title`, a course title, may stand in any number of columns. */
export type Field = (typeof fields)[number] | 'title'
export type SingleField = Exclude<Field, 'title'>

export const customFieldTypes = ['text', 'number', 'date', 'choice'] as const
export type CustomFieldType = (typeof customFieldTypes)[number]

/** A field that an administrator of the platform has defined. */
export interface CustomField {
  key: string
  label: string
  type: CustomFieldType
  /** The values allowed; empty unless the type is `choice`. */
  choices: readonly string[]
}

/** Values of custom fields by key: text, date (`2026-03-05`) and choice as text, numbers as numbers. */
export type CustomValues = Record<string, string | number>

/**
 * Which column is which field: header by field. Fields are those above, `title 1`, `title 2`, … for course titles and
 * `custom.<key>` for custom fields. A column that nobody names is not imported.
 */
export type Mapping = Record<string, string>

/** What a key of a mapping stands for, or null when it stands for nothing. */
export type MappedField =
  | { kind: 'field'; field: SingleField }
  | { kind: 'title'; number: number }
  | { kind: 'custom'; key: string }

export function readMappedField(name: string): MappedField | null {
  const field = fields.find((known) => known === name)
  if (field) return { kind: 'field', field }
  const number = /^title ([1-9]\d{0,3})$/.exec(name)?.[1]
  if (number) return { kind: 'title', number: Number(number) }
  const key = /^custom\.([a-z][A-Za-z0-9_]{0,62})$/.exec(name)?.[1]
  return key ? { kind: 'custom', key } : null
}
