import { headersRefused, mappingRefused } from '../problems/header-problems.ts'
import type { Problem } from '../problems/problem.ts'
import type { CustomField, Mapping } from './fields.ts'
import { type ColumnMap, checkHeaders } from './headers.ts'
import { checkMapping, mappingByHeaders } from './mapping.ts'
import type { Template } from './templates/index.ts'

/**
 * Finds out which column is which field, or what refuses the file. A template with headers of its own needs no
 * mapping and takes none; for the others a file that nobody has matched must have the template's headers.
 */
export function findColumns(
  template: Template,
  headers: readonly string[],
  mapping: Mapping | null,
  customFields: readonly CustomField[],
  hasCompany: boolean,
): { columns: ColumnMap } | { problem: Problem } {
  if (template.headers !== 'matched') {
    const checked = checkHeaders(template, headers)
    return checked.ok ? checked : { problem: headersRefused(checked.errors) }
  }
  const given = mapping ?? mappingByHeaders(template, headers)
  const { ok, columns, errors } = checkMapping(template, headers, given, customFields, hasCompany)
  return ok ? { columns } : { problem: mappingRefused(errors) }
}
