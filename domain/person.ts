import { parseEmail } from './email.ts'
import type { ColumnMap } from './headers.ts'
import { parseLanguage } from './language.ts'
import { MAX_TEXT } from './limits.ts'
import type { CellError } from './problem.ts'
import type { Field } from './templates.ts'

/** One row of the file as read. An empty cell is null: `blankCells` says what that means for who is there already. */
export interface Person {
  enabled: boolean | null
  firstName: string | null
  lastName: string | null
  email: string | null
  /** The address in the form that makes it one person; null when the address cannot be read. */
  emailKey: string | null
  company: string | null
  cohort: string | null
  language: string | null
  jobRole: string | null
  region: string | null
  titles: string[]
  errors: CellError[]
}

type Cell = (field: Exclude<Field, 'title'>) => string | null

/**
 * Reads the cells of one row. Never throws: what is wrong is listed, all of it, and titles and company are read
 * whether or not the rest is valid, because they are checked in every row.
 */
export function readPerson(cells: readonly string[], columns: ColumnMap): Person {
  const errors: CellError[] = []
  const cell: Cell = (field) => {
    const index = columns.fields.get(field)
    const text = index === undefined ? '' : (cells[index] ?? '').trim()
    return text === '' ? null : text
  }
  const fail = (field: Exclude<Field, 'title'>, code: string, message: string) => {
    const column = columns.headers[columns.fields.get(field) ?? -1] ?? null
    errors.push({ column, code, message, value: cell(field) })
  }
  // Names of companies and cohorts are compared exactly: a stray space is somebody's mistake to see, not ours to hide.
  const exact = (field: 'company' | 'cohort', text: string | null) =>
    text === null ? null : (cells[columns.fields.get(field) ?? -1] ?? null)
  const email = readEmail(cell, fail)
  return {
    enabled: readEnabled(cell, fail),
    firstName: readText('firstName', cell, fail, true),
    lastName: readText('lastName', cell, fail),
    email: email?.address ?? cell('email'),
    emailKey: email?.key ?? null,
    company: exact('company', readText('company', cell, fail, true)),
    cohort: exact('cohort', readText('cohort', cell, fail)),
    language: readLanguage(cell, fail),
    jobRole: readText('jobRole', cell, fail),
    region: readText('region', cell, fail),
    titles: columns.titles.map((index) => (cells[index] ?? '').trim()).filter((title) => title !== ''),
    errors,
  }
}

type Fail = (field: Exclude<Field, 'title'>, code: string, message: string) => void

function readEnabled(cell: Cell, fail: Fail): boolean | null {
  const text = cell('enabled')
  if (text === '1') return true
  if (text === '0') return false
  fail('enabled', 'invalid-enabled', 'Expected 1 (enabled) or 0 (created disabled).')
  return null
}

function readEmail(cell: Cell, fail: Fail) {
  const text = cell('email')
  if (text === null) {
    fail('email', 'missing-value', 'An e-mail address is required.')
    return null
  }
  const email = parseEmail(text)
  if (!email) fail('email', 'invalid-email', 'Expected one e-mail address such as ada@example.com.')
  return email
}

function readLanguage(cell: Cell, fail: Fail): string | null {
  const text = cell('language')
  if (text === null) {
    fail('language', 'missing-value', 'A language tag is required, for example en-GB.')
    return null
  }
  const language = parseLanguage(text)
  if (!language) fail('language', 'invalid-language', 'Expected a BCP 47 language tag such as en-GB.')
  return language
}

function readText(field: Exclude<Field, 'title'>, cell: Cell, fail: Fail, required = false): string | null {
  const text = cell(field)
  if (text === null && required) fail(field, 'missing-value', 'A value is required.')
  if (text !== null && text.length > MAX_TEXT) {
    fail(field, 'too-long', `At most ${MAX_TEXT} characters are allowed; this has ${text.length}.`)
  }
  return text
}
