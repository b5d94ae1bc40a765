import { MAX_TEXT } from '../imports/limits.ts'
import type { CellError } from '../problems/problem.ts'
import { readCustom } from './custom-value.ts'
import { parseEmail } from './email.ts'
import type { CustomValues, SingleField } from './fields.ts'
import type { ColumnMap } from './headers.ts'
import { parseLanguage } from './language.ts'
import { readYesNo } from './yes-no.ts'

/** One row of the file as read. An empty cell is null, and `blankCells` decides what that means for existing users. */
export interface Person {
  /** Null when the row has no valid value. */
  enabled: boolean | null
  firstName: string | null
  lastName: string | null
  email: string | null
  /** The form of the address that identifies the user. Null when the address is invalid. */
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

/** The import's values for rows that have none. */
export interface PersonDefaults {
  /** Name of a company. */
  company: string | null
}

const noDefaults: PersonDefaults = { company: null }

/**
 * Reads the cells of one row. Never throws: `errors` lists everything that is wrong. The titles and the company of an
 * invalid row are read too, because validation checks them in every row.
 */
export function readPerson(cells: readonly string[], columns: ColumnMap, defaults = noDefaults): Person {
  const row = new Row(cells, columns)
  const email = readEmail(row)
  const titles = readTitles(cells, columns)
  // A template with exact headers also has exact rules for cells, so an empty company remains an error.
  const takesDefaults = !(columns.strict && columns.filled.has('company'))
  const company = row.exact('company', takesDefaults ? defaults.company : null)
  const cohort = row.exact('cohort')
  if (company === null && !columns.filled.has('company')) {
    if (titles.length > 0) row.fail('company', 'missing-value', 'Course titles need a company whose courses they are.')
    if (cohort !== null) row.fail('company', 'missing-value', 'A cohort needs the company that it belongs to.')
  }
  return {
    enabled: readEnabled(row),
    firstName: row.text('firstName'),
    lastName: row.text('lastName'),
    email: email?.address ?? row.cell('email'),
    emailKey: email?.key ?? null,
    company,
    cohort,
    language: readLanguage(row),
    jobRole: row.text('jobRole'),
    region: row.text('region'),
    description: row.text('description'),
    label: row.text('label'),
    groups: readGroups(row),
    titles,
    custom: readCustom(cells, columns, row.errors),
    errors: row.errors,
  }
}

/** The cells of a row by field. A file can have a million rows, so each row has one object, not a closure per rule. */
class Row {
  readonly errors: CellError[] = []
  readonly columns: ColumnMap
  readonly #cells: readonly string[]

  constructor(cells: readonly string[], columns: ColumnMap) {
    this.#cells = cells
    this.columns = columns
  }

  /** Returns the trimmed text. Null when it is empty or no column is matched to the field. */
  cell(field: SingleField): string | null {
    const index = this.columns.fields.get(field)
    if (index === undefined) return null
    const text = (this.#cells[index] ?? '').trim()
    return text === '' ? null : text
  }

  /** @param instead the value of an empty cell, which is then not an error */
  text(field: SingleField, instead: string | null = null): string | null {
    const text = this.cell(field) ?? instead
    if (text === null) {
      if (this.columns.filled.has(field)) this.fail(field, 'missing-value', 'A value is required.')
    } else if (text.length > MAX_TEXT) {
      this.fail(field, 'too-long', `At most ${MAX_TEXT} characters are allowed; this has ${text.length}.`)
    }
    return text
  }

  /** Keeps white space, because company and cohort names are compared exactly and a stray space must be reported. */
  exact(field: 'company' | 'cohort', instead: string | null = null): string | null {
    const text = this.text(field, instead)
    return text === null || this.cell(field) === null
      ? text
      : (this.#cells[this.columns.fields.get(field) ?? -1] ?? null)
  }

  fail(field: SingleField, code: string, message: string): void {
    const column = this.columns.headers[this.columns.fields.get(field) ?? -1] ?? null
    this.errors.push({ column, code, message, value: this.cell(field) })
  }
}

function readTitles(cells: readonly string[], { titles }: ColumnMap): string[] {
  const found: string[] = []
  for (const index of titles) {
    const title = (cells[index] ?? '').trim()
    if (title !== '') found.push(title)
  }
  return found
}

/** Reads the names of groups in one cell, which are separated by `/` (FORMATS.md, B). */
function readGroups(row: Row): string[] {
  const text = row.text('groups')
  if (text === null) return []
  const names = text.split('/').map((name) => name.trim())
  return [...new Set(names.filter((name) => name !== ''))]
}

function readEnabled(row: Row): boolean | null {
  const { strict, fields } = row.columns
  const text = row.cell('enabled')
  if (text === '1') return true
  if (text === '0') return false
  if (strict) {
    if (fields.has('enabled')) row.fail('enabled', 'invalid-enabled', 'Expected 1 (enabled) or 0 (created disabled).')
    return null
  }
  const said = text === null ? null : readYesNo(text)
  if (text !== null && said === null) {
    row.fail('enabled', 'invalid-enabled', 'Expected 1 or yes (enabled), 0 or no (created disabled).')
  }
  return said
}

function readEmail(row: Row) {
  const text = row.cell('email')
  if (text === null) {
    row.fail('email', 'missing-value', 'An e-mail address is required.')
    return null
  }
  const email = parseEmail(text)
  if (!email) row.fail('email', 'invalid-email', 'Expected one e-mail address such as ada@example.com.')
  return email
}

function readLanguage(row: Row): string | null {
  const text = row.cell('language')
  if (text === null) {
    if (row.columns.filled.has('language')) {
      row.fail('language', 'missing-value', 'A language tag is required, for example en-GB.')
    }
    return null
  }
  const language = parseLanguage(text)
  if (!language) row.fail('language', 'invalid-language', 'Expected a language tag such as en-GB or hu.')
  return language
}
