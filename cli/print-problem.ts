import type { Paint } from './io.ts'
import { number, plain, quoted, table, wrap } from './text.ts'
import type { HeaderError, Problem, UnmatchedTitle } from './types.ts'

/**
 * A problem as a person wants to read it: what is wrong in one line, what to do, then everything that has to be
 * corrected, all of it, so that the file is corrected once.
 *
 * @param width columns of the terminal
 * @returns lines with a line feed after each
 */
export function problemText(problem: Problem, paint: Paint, width: number): string {
  const lines = [`${paint('red', '✗')} ${paint('bold', plain(problem.title))}`]
  // The table of headers says what the detail says, column by column.
  if (problem.detail && !Array.isArray(problem.headers))
    lines.push(...wrap(problem.detail, Math.min(width, 100) - 2).map((line) => `  ${line}`))
  const list = listOf(problem, paint)
  if (list.length > 0) lines.push('', ...list.map((line) => (line === '' ? '' : `  ${line}`)))
  return `${lines.join('\n')}\n`
}

function listOf(problem: Problem, paint: Paint): string[] {
  if (Array.isArray(problem.unmatchedTitles)) return titleLines(problem, paint)
  if (Array.isArray(problem.headers)) return headerLines(problem.headers as HeaderError[], paint)
  if (Array.isArray(problem.errors)) return errorLines(problem.errors, problem.detail ?? '')
  return []
}

/** Every unmatched title with company and rows in columns, and below it why and what may have been meant. */
function titleLines(problem: Problem, paint: Paint): string[] {
  const titles = problem.unmatchedTitles as UnmatchedTitle[]
  const untold = typeof problem.count === 'number' ? problem.count - titles.length : 0
  const [head = '', ...rows] = table([
    ['Title', 'Company', 'Rows'],
    ...titles.map(({ title, company, rows }) => [quoted(title), plain(company), rowsText(rows)]),
  ])
  return [
    paint('dim', head),
    ...rows.flatMap((row, i) => {
      const title = titles[i]
      return title ? [row, `  ${paint('yellow', '→')} ${advice(title)}`] : []
    }),
    ...(untold > 0 ? [`… and ${number(untold)} more`] : []),
  ]
}

/** `41 rows: 2, 5, 9, …` */
function rowsText({ count, first }: UnmatchedTitle['rows']): string {
  const named = first.map(String).join(', ')
  if (count === 1) return `row ${named}`
  return `${number(count)} rows: ${named}${count > first.length ? ', …' : ''}`
}

function advice({ reason, suggestions }: UnmatchedTitle): string {
  const offers = suggestions.map(quoted)
  if (reason === 'ambiguous') return `Several courses fit equally well; write one exactly: ${orList(offers)}`
  const meant = offers.length > 0 ? `Did you mean ${orList(offers)}?` : 'No title of this company comes close.'
  if (reason === 'not-available') {
    return `The course exists, but this company has no access to it.${offers.length > 0 ? ` ${meant}` : ''}`
  }
  return reason === 'unknown' ? `No such course. ${meant}` : `${plain(reason)}. ${meant}`
}

function orList(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`
}

const headerReasons: Record<string, string> = {
  missing: 'is required and missing',
  unknown: 'is no column of this template',
  duplicate: 'stands twice',
  spelling: 'must be spelled exactly so, capitals included',
  position: 'must stand in this place',
}

function headerLines(headers: readonly HeaderError[], paint: Paint): string[] {
  const [head = '', ...rows] = table([
    ['Column', 'Found', 'Expected', ''],
    ...headers.map(({ column, found, expected, reason }) => [
      column ?? '-',
      found === null ? 'nothing' : quoted(found),
      expected === null ? '-' : quoted(expected),
      headerReasons[reason] ?? plain(reason),
    ]),
  ])
  return [paint('dim', head), ...rows]
}

/** Errors in the form that validators give them, `{path, message}` and relatives, but for what the detail says already. */
function errorLines(errors: readonly unknown[], detail: string): string[] {
  return errors.flatMap((error) => {
    if (typeof error !== 'object' || error === null) return []
    const { path, option, column, message } = error as Record<string, unknown>
    if (typeof message !== 'string' || detail.includes(message)) return []
    const where = [path, option, column].find((part) => part !== undefined && part !== null)
    return [
      `${where === undefined ? '' : `${plain(Array.isArray(where) ? where.join('.') : String(where))}: `}${plain(message)}`,
    ]
  })
}
