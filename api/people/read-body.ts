import type { CustomField, SingleField } from '../../domain/people/fields.ts'
import { type Person, readPerson } from '../../domain/people/person.ts'
import { plainText } from '../http/plain-text.ts'

/** An error of one field of a body. Code and message are those of a row's error. */
export interface FieldError {
  path: string
  code: string
  message: string
  value?: string | null
}

const cells = [
  'email',
  'firstName',
  'lastName',
  'company',
  'cohort',
  'language',
  'jobRole',
  'region',
  'description',
  'label',
] as const satisfies SingleField[]

export type Body = Partial<Record<(typeof cells)[number], unknown>> & { custom?: unknown }

export interface ReadBody {
  person: Person
  /** Keys of the custom fields whose values the body removes. */
  emptied: string[]
  errors: FieldError[]
}

/**
 * Reads a body by the rules of a row: each field is a cell in a column of the same name. It skips fields whose type no
 * cell can have, because the schema of the body reports those.
 *
 * @param known all custom fields
 * @param filled fields that must not be empty, in addition to the address
 */
export function readBody(body: Body, known: readonly CustomField[], filled: readonly SingleField[] = []): ReadBody {
  const headers: string[] = []
  const row: string[] = []
  const add = (header: string, text: string) => {
    headers.push(header)
    return row.push(text) - 1
  }
  const fields = new Map<SingleField, number>()
  for (const field of cells) {
    const value = body[field]
    fields.set(field, add(field, typeof value === 'string' ? value : ''))
  }
  const errors: FieldError[] = []
  const custom: { index: number; field: CustomField }[] = []
  const emptied: string[] = []
  for (const [key, value] of customOf(body)) {
    const field = known.find((one) => one.key === key)
    const path = `custom.${key}`
    if (!field) errors.push({ path, code: 'unknown-field', message: 'There is no custom field with this key.' })
    else if (String(value ?? '').trim() === '') emptied.push(key)
    else custom.push({ index: add(path, String(value)), field })
  }
  const person = readPerson(row, { headers, fields, titles: [], custom, filled: new Set(filled), strict: false })
  errors.push(...person.errors.map(({ column, ...error }) => ({ path: column ?? '', ...error })))
  errors.push(...unstorable(headers, row))
  return { person, emptied, errors }
}

function customOf({ custom }: Body): [string, unknown][] {
  return typeof custom === 'object' && custom !== null ? Object.entries(custom) : []
}

/** Characters that the reader of files also refuses in a cell (HAZARDS 13). */
function unstorable(headers: readonly string[], row: readonly string[]): FieldError[] {
  return row.flatMap((text, index): FieldError[] => {
    if (text === plainText(text)) return []
    const path = headers[index] ?? ''
    if (text.includes('\0')) return [{ path, code: 'nul-character', message: 'A NUL character cannot be stored.' }]
    return [{ path, code: 'invalid-character', message: 'Half of a surrogate pair cannot be stored.' }]
  })
}
