import type { Paint } from '../terminal/io.ts'
import { number, plain, quoted, table, wrap } from '../terminal/text.ts'
import type { HeaderError, MappingError, Problem, UnmatchedTitle } from '../types.ts'
import { headerLines, mappingLines } from './print-headers.ts'
import { unmatchedLines } from './print-titles.ts'

/** Items of a list to print. A list may have thousands, and `--json` prints all of them. */
const SHOWN = 100

/**
 * Formats a problem: what is wrong in one line, what to do, then everything to correct, so that one correction of the
 * file is enough.
 *
 * @param width columns of the terminal
 * @returns lines, each with a line feed at its end
 */
export function problemText(problem: Problem, paint: Paint, width: number): string {
  const lines = [`${paint('red', '✗')} ${paint('bold', plain(problem.title))}`]
  const list = listOf(problem, paint)
  const detail = detailBeside(problem, list)
  lines.push(...wrap(detail, Math.min(width, 100) - 2).map((line) => `  ${line}`))
  if (list.length > 0) lines.push('', ...list.map((line) => (line === '' ? '' : `  ${line}`)))
  return `${lines.join('\n')}\n`
}

const TOLD_BY_LIST = new Set(['invalid-mapping', 'invalid-options', 'permission-set-required'])

/** Problems whose detail says in sentences what the list says line by line. */
function detailBeside({ detail = '', code, headers }: Problem, list: readonly string[]): string {
  const told = Array.isArray(headers) || TOLD_BY_LIST.has(code ?? '')
  return told && list.length > 0 ? '' : detail
}

function listOf(problem: Problem, paint: Paint): string[] {
  const { unmatchedTitles, headers, mapping, moved, courses, missing, errors, mailServer, count } = problem
  const all = typeof count === 'number' ? count : 0
  if (Array.isArray(unmatchedTitles)) return unmatchedLines(unmatchedTitles as UnmatchedTitle[], all, paint)
  if (Array.isArray(headers)) return headerLines(headers as HeaderError[], paint)
  if (Array.isArray(mapping)) return mappingLines(mapping as MappingError[], paint)
  if (Array.isArray(moved)) return tableOf(moved, movedCells, ['Row', 'Person', ''], all, paint)
  if (Array.isArray(courses)) return tableOf(courses, courseCells, ['Course', 'Company'], all, paint)
  if (Array.isArray(missing)) return tableOf(missing, missingCells, ['Option', 'Id'], all, paint)
  if (Array.isArray(errors)) return errorLines(errors, problem)
  return mailServerLines(mailServer)
}

/** Formats the reason why the e-mails stopped, in the mail server's own words. */
function mailServerLines(fault: unknown): string[] {
  const { message } = (fault ?? {}) as Fields
  return typeof message === 'string' ? [`The mail server said: ${plain(message)}`] : []
}

type Fields = Record<string, unknown>

/** Makes a table of the readable items of a list, and leaves out items of an unknown form. */
function tableOf(
  list: readonly unknown[],
  cellsOf: (item: Fields) => string[] | null,
  heads: readonly string[],
  all: number,
  paint: Paint,
): string[] {
  const cells = list.flatMap((item) => {
    const read = typeof item === 'object' && item !== null ? cellsOf(item as Fields) : null
    return read ? [read] : []
  })
  if (cells.length === 0) return []
  const shown = cells.slice(0, SHOWN)
  const [head = '', ...rows] = table([heads, ...shown])
  const untold = Math.max(all, list.length) - shown.length
  return [paint('dim', head), ...rows, ...(untold > 0 ? [`… and ${number(untold)} more`] : [])]
}

const happened: Record<string, string> = {
  changed: 'was changed meanwhile',
  appeared: 'is there now, and was not',
  gone: 'is no longer there',
}

function movedCells({ row, email, what }: Fields): string[] | null {
  if (typeof row !== 'number' || typeof what !== 'string') return null
  return [String(row), plain(typeof email === 'string' ? email : ''), happened[what] ?? plain(what)]
}

function courseCells({ title, company }: Fields): string[] | null {
  return typeof title === 'string' && typeof company === 'string' ? [quoted(title), plain(company)] : null
}

function missingCells({ option, id }: Fields): string[] | null {
  return typeof option === 'string' && typeof id === 'string' ? [plain(option), plain(id)] : null
}

/**
 * Formats errors of the form that validators return, such as `{path, message}`, without those that the detail repeats.
 */
function errorLines(errors: readonly unknown[], problem: Problem): string[] {
  const detail = detailBeside(problem, ['']) // What is printed of it.
  return errors.flatMap((error) => {
    if (typeof error !== 'object' || error === null) return []
    const { path, option, column, message } = error as Fields
    if (typeof message !== 'string' || detail.includes(message)) return []
    const where = [path, option, column].find((part) => part !== undefined && part !== null)
    return [
      `${where === undefined ? '' : `${plain(Array.isArray(where) ? where.join('.') : String(where))}: `}${plain(message)}`,
    ]
  })
}
