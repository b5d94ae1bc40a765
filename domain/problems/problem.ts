/**
 * Problems as people and programs meet them: RFC 9457 problem details with a stable `code`.
 * The `detail` is a sentence for a person: what was found, what was expected, what to do next.
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

/** One thing wrong with one cell. `value` is what the file says, for the person who has to correct it. */
export interface CellError {
  column: string | null
  code: string
  message: string
  value: string | null
}

/** What is wrong with a row, as one cell of an exported table. */
export function reasonsOf(errors: readonly CellError[]): string {
  return errors.map(({ column, message }) => (column ? `${column}: ${message}` : message)).join(' ')
}

/** A title that no course answers to (FORMATS.md, "Course titles are all or nothing"). */
export interface UnmatchedTitle {
  title: string
  company: string
  rows: { count: number; first: number[] }
  reason: 'unknown' | 'not-available' | 'ambiguous'
  suggestions: string[]
}

/** A header that the template does not accept, or that it misses (`found: null`). */
export interface HeaderError {
  found: string | null
  expected: string | null
  column: string | null
  reason: 'missing' | 'unknown' | 'duplicate' | 'spelling' | 'position'
}
