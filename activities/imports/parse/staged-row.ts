import type { CopyValue } from '../../../db/core/copy-rows.ts'
import type { ColumnMap } from '../../../domain/people/headers.ts'
import { type PersonDefaults, readPerson } from '../../../domain/people/person.ts'
import type { CellError } from '../../../domain/problems/problem.ts'
import type { SourceRecord } from '../../../reading/index.ts'
import type { References } from './references.ts'

/** Columns of `import_rows` in the order of `stagedRow`. */
export const stagedColumns = [
  'import_id',
  'row_no',
  'email',
  'email_key',
  'first_name',
  'last_name',
  'company_ref',
  'cohort_ref',
  'language',
  'job_role',
  'region',
  'description',
  'label',
  'custom',
  'enabled',
  'titles',
  'groups',
  'errors',
] as const

/** One record as it goes into `import_rows`: values as read, names as numbers, and everything that is wrong. */
export function stagedRow(
  importId: string,
  record: SourceRecord,
  columns: ColumnMap,
  names: References,
  defaults: PersonDefaults,
): CopyValue[] {
  if (record.problem) return unreadable(importId, record.row, { column: null, value: null, ...record.problem })
  const person = readPerson(record.cells, columns, defaults)
  const { row } = record
  const company = person.company === null ? null : names.company(person.company, row)
  const cohort = company === null || person.cohort === null ? null : names.cohort(person.cohort, company, row)
  const titles = company === null ? [] : person.titles.map((title) => names.title(title, company, row))
  return [
    importId,
    row,
    person.email,
    person.emailKey,
    person.firstName,
    person.lastName,
    company,
    cohort,
    person.language,
    person.jobRole,
    person.region,
    person.description,
    person.label,
    columns.custom.length > 0 ? JSON.stringify(person.custom) : null,
    // Nobody says so: whoever is new is enabled. Who is there already keeps what is (columns without a value do that).
    person.enabled,
    titles.length > 1 ? [...new Set(titles)] : titles,
    person.groups.map((name) => names.group(name, row)),
    person.errors.length > 0 ? JSON.stringify(person.errors) : null,
  ]
}

function unreadable(importId: string, row: number, error: CellError): CopyValue[] {
  const { column, code, message, value } = error
  const nothing = new Array<null>(stagedColumns.length - 3).fill(null)
  return [importId, row, ...nothing, JSON.stringify([{ column, code, message, value }])]
}
