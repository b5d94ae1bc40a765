import type { CopyValue } from '../../../db/core/copy-rows.ts'
import { stagedColumns } from '../../../db/imports/parse/stage-rows.ts'
import type { ColumnMap } from '../../../domain/people/headers.ts'
import { type PersonDefaults, readPerson } from '../../../domain/people/person.ts'
import type { CellError } from '../../../domain/problems/problem.ts'
import type { SourceRecord } from '../../../reading/index.ts'
import type { References } from './references.ts'

/** Gives one record its form in `import_rows`: values as read, names as numbers, and every error. */
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
    // Without an `enabled` value, new users are enabled and existing users keep their state.
    person.enabled,
    titles.length > 1 ? [...new Set(titles)] : titles,
    person.groups.map((name) => names.group(name, row)),
    person.errors.length > 0 ? JSON.stringify(person.errors) : null,
  ]
}

function unreadable(importId: string, row: number, error: CellError): CopyValue[] {
  const { column, code, message, value } = error
  const empty = new Array<null>(stagedColumns.length - 3).fill(null)
  return [importId, row, ...empty, JSON.stringify([{ column, code, message, value }])]
}
