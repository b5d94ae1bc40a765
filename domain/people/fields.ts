/** The fields of a user that the platform stores and a column of a file can contain. */
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

/** A field of the platform. Any number of columns can be a `title`, which is a course title. */
export type Field = (typeof fields)[number] | 'title'
export type SingleField = Exclude<Field, 'title'>

export const customFieldTypes = ['text', 'number', 'date', 'choice'] as const
export type CustomFieldType = (typeof customFieldTypes)[number]

/** A field that an administrator has defined. */
export interface CustomField {
  key: string
  label: string
  type: CustomFieldType
  /** The allowed values. Empty unless the type is `choice`. */
  choices: readonly string[]
}

/** Values of custom fields by key. A text, date (`2026-03-05`) or choice is a string, and a number is a number. */
export type CustomValues = Record<string, string | number>

/**
 * The header of the column for each field. Fields are those above, `title 1`, `title 2`, … for course titles, and
 * `custom.<key>` for custom fields. A column that the mapping does not name is not imported.
 */
export type Mapping = Record<string, string>

/** The field that a key of a mapping names, or null for an unknown key. */
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
