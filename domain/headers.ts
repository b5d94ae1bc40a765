import type { HeaderError } from './problem.ts'
import { parentOf } from './repair.ts'
import type { Field, Template, TemplateColumn } from './templates.ts'

/** Where each field stands in the file: index of its column, and of every column that carries a title. */
export interface ColumnMap {
  /** Headers as found, to name a column in an error. */
  headers: readonly string[]
  fields: ReadonlyMap<Exclude<Field, 'title'>, number>
  titles: readonly number[]
}

export type HeaderCheck = { ok: true; columns: ColumnMap } | { ok: false; errors: HeaderError[] }

/**
 * Checks a header row against a template whose headers are exact: case counts, order does not; a missing required
 * header, an unknown one and one that stands twice are each an error, and all of them are reported.
 * The reason column of an errors file is no column of the file (domain/repair.ts).
 */
export function checkHeaders(template: Template, headers: readonly string[]): HeaderCheck {
  const errors: HeaderError[] = []
  const fields = new Map<Exclude<Field, 'title'>, number>()
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
  return errors.length > 0 ? { ok: false, errors } : { ok: true, columns: { headers, fields, titles } }
}

function findColumn(template: Template, header: string): TemplateColumn | undefined {
  return template.columns.find((column) =>
    column.numbered ? numberOf(column, header) !== null : column.header === header,
  )
}

/** `module requested 12` → 12; null when the header is not of that series. */
function numberOf(column: TemplateColumn, header: string): number | null {
  if (!header.startsWith(`${column.header} `)) return null
  const number = header.slice(column.header.length + 1)
  return /^[1-9]\d{0,3}$/.test(number) ? Number(number) : null
}

/** A header that differs from an expected one in case, spaces, `_` or `-` only gets that one named as expected. */
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

/** The column's letters as a spreadsheet shows them: 0 → A, 26 → AA. */
export function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter
}
