/**
 * A problem for people and programs: RFC 9457 problem details with a stable `code`. The `detail` states what was found,
 * what was expected and what to do next.
 */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: string
  [extension: string]: unknown
}

/** Builds a problem whose `type` is its code, as a relative reference below `/problems/`. */
export function problem(
  code: string,
  status: number,
  title: string,
  detail: string,
  extensions: Record<string, unknown> = {},
): Problem {
  return { type: `/problems/${code}`, title, status, detail, code, ...extensions }
}

/** One error in one cell. `value` is the text in the file, for the administrator who corrects it. */
export interface CellError {
  column: string | null
  code: string
  message: string
  value: string | null
}

/** Joins the errors of a row into the text of one cell of an exported table. */
export function reasonsOf(errors: readonly CellError[]): string {
  return errors.map(({ column, message }) => (column ? `${column}: ${message}` : message)).join(' ')
}

/** A title that matches no course (FORMATS.md, "Course titles are all or nothing"). */
export interface UnmatchedTitle {
  title: string
  company: string
  rows: { count: number; first: number[] }
  reason: 'unknown' | 'not-available' | 'ambiguous'
  suggestions: string[]
}

/** A header that the template does not accept, or that the file lacks (`found: null`). */
export interface HeaderError {
  found: string | null
  expected: string | null
  column: string | null
  reason: 'missing' | 'unknown' | 'duplicate' | 'spelling' | 'position'
}
