import { headersRefused, mappingRefused } from '../problems/header-problems.ts'
import type { Problem } from '../problems/problem.ts'
import type { CustomField, Mapping } from './fields.ts'
import { type ColumnMap, checkHeaders } from './headers.ts'
import { checkMapping, mappingByHeaders } from './mapping.ts'
import type { Template } from './templates/index.ts'

/**
 * Finds the field of each column, or returns the problem that rejects the file. A template with its own headers ignores
 * the mapping. For the other templates, a file without a mapping must have the template's headers.
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
