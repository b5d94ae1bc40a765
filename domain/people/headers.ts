import { parentOf } from '../imports/repair.ts'
import type { HeaderError } from '../problems/problem.ts'
import type { CustomField, SingleField } from './fields.ts'
import { mustBeFilled, type Template, type TemplateColumn } from './templates/index.ts'

/** The index of each field's column, and of every column that contains a course title. */
export interface ColumnMap {
  /** The headers of the file. Errors name a column by its header. */
  headers: readonly string[]
  fields: ReadonlyMap<SingleField, number>
  titles: readonly number[]
  custom: readonly { index: number; field: CustomField }[]
  /** Fields that every row must have a value for. */
  filled: ReadonlySet<SingleField>
  /** True when `enabled` must be 1 or 0. Otherwise it can also be yes or no. */
  strict: boolean
}

export type HeaderCheck = { ok: true; columns: ColumnMap } | { ok: false; errors: HeaderError[] }

/**
 * Checks a header row against a template with exact headers. Case matters, and so does the order when the template
 * requires it. Reports every required header that is missing and every unknown or duplicate header. Ignores the reason
 * column of an errors file (domain/imports/repair.ts).
 */
export function checkHeaders(template: Template, headers: readonly string[]): HeaderCheck {
  const errors: HeaderError[] = []
  const fields = new Map<SingleField, number>()
  const titles: number[] = []
  const seen = new Set<string>()
  headers.forEach((found, index) => {
    if (parentOf(found) !== null) return
    const column = findColumn(template, found)
    if (seen.has(found) && found !== '') errors.push(headerError(found, found, index, 'duplicate'))
    else if (!column) errors.push(unknownHeader(template, found, index))
    else if (column.field === 'title') titles.push(index)
    else fields.set(column.field, index)
    seen.add(found)
  })
  const misspelt = new Set(errors.map((error) => error.expected))
  for (const { header, field, required } of template.columns) {
    if (required && field !== 'title' && !fields.has(field) && !misspelt.has(header)) {
      errors.push({ found: null, expected: header, column: null, reason: 'missing' })
    }
  }
  if (errors.length === 0 && template.headers === 'in-order') errors.push(...outOfPlace(template, headers))
  if (errors.length > 0) return { ok: false, errors }
  return { ok: true, columns: { headers, fields, titles, custom: [], filled: filledFields(template), strict: true } }
}

/** Returns the fields that the template requires in every row. */
export function filledFields(template: Template): ReadonlySet<SingleField> {
  return new Set(
    template.columns.flatMap((column) => (column.field !== 'title' && mustBeFilled(column) ? [column.field] : [])),
  )
}

/** Returns an error for each known header that is not in the template's order. */
function outOfPlace(template: Template, headers: readonly string[]): HeaderError[] {
  const own = headers.flatMap((found, index) => (parentOf(found) === null ? [{ found, index }] : []))
  const expected = template.columns.filter(({ header }) => headers.includes(header))
  return own.flatMap(({ found, index }, place) => {
    const header = expected[place]?.header ?? null
    return header === found ? [] : [headerError(found, header, index, 'position')]
  })
}

function findColumn(template: Template, header: string): TemplateColumn | undefined {
  return template.columns.find((column) =>
    column.numbered ? numberAfter(column.header, header) !== null : column.header === header,
  )
}

/** Returns 12 for `module requested 12` in the series `module requested`, or null for a header outside the series. */
export function numberAfter(series: string, header: string): number | null {
  if (!header.startsWith(`${series} `)) return null
  const number = header.slice(series.length + 1)
  return /^[1-9]\d{0,3}$/.test(number) ? Number(number) : null
}

/** Returns an error that names the expected header when only case, spaces, `_` or `-` differ from it. */
function unknownHeader(template: Template, found: string, index: number): HeaderError {
  const plain = plainHeader(found)
  const near = template.columns.find((column) =>
    column.numbered
      ? plain.replace(/\d+$/, '') === plainHeader(column.header)
      : plain === plainHeader(column.header) && plain !== '',
  )
  const number = /\d+\s*$/.exec(found)?.[0].trim() ?? '1'
  const expected = near ? (near.numbered ? `${near.header} ${number}` : near.header) : null
  return headerError(found, expected, index, near ? 'spelling' : 'unknown')
}

function plainHeader(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_.-]+/g, '')
}

function headerError(
  found: string,
  expected: string | null,
  index: number,
  reason: HeaderError['reason'],
): HeaderError {
  return { found, expected, column: columnLetters(index), reason }
}

/** Returns the letters of a column in a spreadsheet: A for 0, AA for 26. */
export function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter
}
