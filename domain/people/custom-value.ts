import { MAX_TEXT } from '../imports/limits.ts'
import type { CellError } from '../problems/problem.ts'
import type { CustomField, CustomValues } from './fields.ts'
import type { ColumnMap } from './headers.ts'

/** The result of reading a custom field: the value to store, or an error that states what was expected. */
export type CustomReading = { ok: true; value: string | number } | { ok: false; code: string; message: string }

/** Reads the custom fields of a row and adds an error for each invalid value to `errors`. Empty cells have no value. */
export function readCustom(cells: readonly string[], columns: ColumnMap, errors: CellError[]): CustomValues {
  const values: CustomValues = {}
  for (const { index, field } of columns.custom) {
    const text = (cells[index] ?? '').trim()
    if (text === '') continue
    const reading = readCustomValue(field, text)
    if (reading.ok) values[field.key] = reading.value
    else
      errors.push({ column: columns.headers[index] ?? null, code: reading.code, message: reading.message, value: text })
  }
  return values
}

/** Reads one value by the type of its field. The text has no surrounding white space. */
export function readCustomValue({ type, choices }: Pick<CustomField, 'type' | 'choices'>, text: string): CustomReading {
  switch (type) {
    case 'text':
      if (text.length <= MAX_TEXT) return { ok: true, value: text }
      return fault('too-long', `At most ${MAX_TEXT} characters are allowed; this has ${text.length}.`)
    case 'number':
      return readNumber(text)
    case 'date':
      return readDate(text)
    case 'choice': {
      const plain = (word: string) => word.normalize('NFC').toLowerCase()
      const choice = choices.find((one) => one === text) ?? choices.find((one) => plain(one) === plain(text))
      if (choice !== undefined) return { ok: true, value: choice }
      return fault('invalid-choice', `Expected one of: ${choices.slice(0, 20).join(', ')}.`)
    }
  }
}

/** Accepts a point or comma before the decimals but no thousands separator, so that `1.234` has only one meaning. */
function readNumber(text: string): CustomReading {
  const value = /^[+-]?\d{1,15}([.,]\d{1,15})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
  if (Number.isFinite(value)) return { ok: true, value }
  return fault('invalid-number', 'Expected a number such as 12 or 12.5, without separators between thousands.')
}

/** Accepts only ISO 8601, because `03/05/2026` is in March for some readers and in May for others. */
function readDate(text: string): CustomReading {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null
  if (date && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)) return { ok: true, value: text }
  return fault('invalid-date', 'Expected a date such as 2026-03-05.')
}

function fault(code: string, message: string): CustomReading {
  return { ok: false, code, message }
}
