/** What a form holds, by the name of the field. */
export type Values = Record<string, unknown>

/** One field of a form, declared. */
export interface Field {
  /** As the API calls it. */
  name: string
  label: string
  hint?: string
  /** `lines`: several texts, one a line. Those of companies and courses hold ids. A list: one of its values. */
  kind: 'text' | 'email' | 'time' | 'lines' | 'company' | 'companies' | 'course' | 'courses' | FieldChoice[]
  optional?: boolean
  /** Said when it is added, and never changed. */
  fixed?: boolean
  /** Left out of the form and of what is sent while this is false. */
  shownWhen?: (values: Values) => boolean
}

export interface FieldChoice {
  value: string
  label: string
}

const several = new Set<Field['kind']>(['lines', 'companies', 'courses'])

/** Values to begin with: those of an item, or none. */
export function valuesOf(fields: Field[], item?: Values): Values {
  return Object.fromEntries(fields.map(({ name, kind }) => [name, item?.[name] ?? (several.has(kind) ? [] : '')]))
}

/** @returns the fields that the form shows: those that cannot be changed only while one is added */
export function shownFields(fields: Field[], values: Values, adds: boolean): Field[] {
  return fields.filter(({ fixed, shownWhen }) => (adds || !fixed) && (shownWhen?.(values) ?? true))
}

/** What is sent: the fields shown, without those that are optional and were left empty. */
export function bodyOf(fields: Field[], values: Values, adds: boolean): Values {
  const said = shownFields(fields, values, adds).filter(({ name, optional }) => !(optional && values[name] === ''))
  return Object.fromEntries(said.map(({ name, kind }) => [name, kind === 'lines' ? lines(values[name]) : values[name]]))
}

function lines(value: unknown): string[] {
  return (value as string[]).map((line) => line.trim()).filter((line) => line !== '')
}
