import { readCustom } from './custom-value.ts'
import { parseEmail } from './email.ts'
import type { CustomValues, SingleField } from './fields.ts'
import type { ColumnMap } from './headers.ts'
import { parseLanguage } from './language.ts'
import { MAX_TEXT } from './limits.ts'
import type { CellError } from './problem.ts'
import { readYesNo } from './yes-no.ts'

/** One row of the file as read. An empty cell is null: `blankCells` says what that means for who is there already. */
export interface Person {
  /** null: no column says so, or it cannot be read. */
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
  description: string | null
  label: string | null
  /** Names of groups. */
  groups: string[]
  titles: string[]
  custom: CustomValues
  errors: CellError[]
}

/** What a row without a value gets, where the import says so. */
export interface PersonDefaults {
  /** Name of a company. */
  company: string | null
}

const noDefaults: PersonDefaults = { company: null }

type Cell = (field: SingleField) => string | null
type Fail = (field: SingleField, code: string, message: string) => void

/**
 * Reads the cells of one row. Never throws: what is wrong is listed, all of it, and titles and company are read
 * whether or not the rest is valid, because they are checked in every row.
 */
export function readPerson(cells: readonly string[], columns: ColumnMap, defaults = noDefaults): Person {
  const errors: CellError[] = []
  const cell: Cell = (field) => {
    const index = columns.fields.get(field)
    const text = index === undefined ? '' : (cells[index] ?? '').trim()
    return text === '' ? null : text
  }
  const fail: Fail = (field, code, message) => {
    const column = columns.headers[columns.fields.get(field) ?? -1] ?? null
    errors.push({ column, code, message, value: cell(field) })
  }
  const text = (field: SingleField, missing?: string | null) => readText(field, cell, fail, columns, missing)
  // Names of companies and cohorts are compared exactly: a stray space is somebody's mistake to see, not ours to hide.
  const exact = (field: 'company' | 'cohort', found: string | null) =>
    found === null ? null : (cells[columns.fields.get(field) ?? -1] ?? null)
  const email = readEmail(cell, fail)
  const titles = columns.titles.map((index) => (cells[index] ?? '').trim()).filter((title) => title !== '')
  const company = exact('company', text('company', defaults.company)) ?? defaults.company
  if (company === null && titles.length > 0 && !columns.filled.has('company')) {
    fail('company', 'missing-value', 'Course titles need a company whose courses they are.')
  }
  return {
    enabled: readEnabled(cell, fail, columns),
    firstName: text('firstName'),
    lastName: text('lastName'),
    email: email?.address ?? cell('email'),
    emailKey: email?.key ?? null,
    company,
    cohort: exact('cohort', text('cohort')),
    language: readLanguage(cell, fail, columns),
    jobRole: text('jobRole'),
    region: text('region'),
    description: text('description'),
    label: text('label'),
    groups: splitGroups(text('groups')),
    titles,
    custom: readCustom(cells, columns, errors),
    errors,
  }
}

/** Names of groups in one cell, separated by `/` (FORMATS.md, B). */
function splitGroups(text: string | null): string[] {
  const names = (text ?? '').split('/').map((name) => name.trim())
  return [...new Set(names.filter((name) => name !== ''))]
}

function readEnabled(cell: Cell, fail: Fail, { strict, fields }: ColumnMap): boolean | null {
  const text = cell('enabled')
  if (text === '1') return true
  if (text === '0') return false
  if (strict) {
    if (fields.has('enabled')) fail('enabled', 'invalid-enabled', 'Expected 1 (enabled) or 0 (created disabled).')
    return null
  }
  const said = text === null ? null : readYesNo(text)
  if (text !== null && said === null) {
    fail('enabled', 'invalid-enabled', 'Expected 1 or yes (enabled), 0 or no (created disabled).')
  }
  return said
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

function readLanguage(cell: Cell, fail: Fail, { filled }: ColumnMap): string | null {
  const text = cell('language')
  if (text === null) {
    if (filled.has('language')) fail('language', 'missing-value', 'A language tag is required, for example en-GB.')
    return null
  }
  const language = parseLanguage(text)
  if (!language) fail('language', 'invalid-language', 'Expected a BCP 47 language tag such as en-GB.')
  return language
}

function readText(field: SingleField, cell: Cell, fail: Fail, { filled }: ColumnMap, instead: string | null = null) {
  const text = cell(field)
  if (text === null && instead === null && filled.has(field)) fail(field, 'missing-value', 'A value is required.')
  if (text !== null && text.length > MAX_TEXT) {
    fail(field, 'too-long', `At most ${MAX_TEXT} characters are allowed; this has ${text.length}.`)
  }
  return text
}
