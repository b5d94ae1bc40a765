import { headersRefused, mappingRefused } from '../problems/header-problems.ts'
import type { Problem } from '../problems/problem.ts'
import type { CustomField, Mapping } from './fields.ts'
import { type ColumnMap, checkHeaders } from './headers.ts'
import { checkMapping, mappingByHeaders, missingFields } from './mapping.ts'
import { mappingOf, type SuggestionSource, suggestColumns } from './suggest/index.ts'
import type { Template } from './templates/index.ts'

/** The input for matching the columns of a file. */
export interface Unmatched {
  template: Template
  headers: readonly string[]
  /** The first records. */
  samples: readonly (readonly string[])[]
  customFields: readonly CustomField[]
  /** True when the import has a company for rows that name none. */
  hasCompany: boolean
}

/** Where a column's field comes from. Null for a column that is not imported. */
export type ColumnSource = 'given' | 'saved' | SuggestionSource | null

/** The columns of a file with their given, saved or suggested fields. */
export interface Matched {
  mapping: Mapping
  /** One source for each column, in the order of the columns. */
  sources: ColumnSource[]
  /** The columns that could be matched. Null when the file does not fit a template with its own headers. */
  columns: ColumnMap | null
  /** Required fields without a column. */
  missing: string[]
  /** The problem that would reject an import with this mapping, or null. */
  problem: Problem | null
}

/** Matches the columns of a file to a template with its own headers. */
export function matchByTemplate({ template, headers }: Unmatched): Matched {
  const missing = missingFields(template, mappingByHeaders(template, headers), false)
  const checked = checkHeaders(template, headers)
  if (!checked.ok) {
    return {
      mapping: {},
      sources: headers.map(() => null),
      columns: null,
      missing,
      problem: headersRefused(checked.errors),
    }
  }
  const { fields, titles } = checked.columns
  const named = [...fields, ...titles.map((index, i) => [`title ${i + 1}`, index] as const)]
  const mapping = Object.fromEntries(named.map(([field, index]) => [field, headers[index] ?? '']))
  const sources = sourcesOf(headers, mapping, 'template')
  return { mapping, sources, columns: checked.columns, missing, problem: null }
}

/** Matches the columns by a mapping that an administrator gave now or saved for an earlier file. */
export function matchByMapping(unmatched: Unmatched, mapping: Mapping, source: 'given' | 'saved'): Matched {
  return { ...checked(unmatched, mapping), sources: sourcesOf(unmatched.headers, mapping, source) }
}

/** Matches the columns by suggestions, for a file without a given or saved mapping. */
export function matchBySuggestion(unmatched: Unmatched): Matched {
  const { template, headers, samples, customFields } = unmatched
  const suggestions = suggestColumns(template, headers, samples, customFields)
  return { ...checked(unmatched, mappingOf(suggestions)), sources: suggestions.map(({ source }) => source) }
}

function checked({ template, headers, customFields, hasCompany }: Unmatched, mapping: Mapping) {
  const { columns, errors } = checkMapping(template, headers, mapping, customFields, hasCompany)
  const missing = missingFields(template, mapping, hasCompany)
  return { mapping, columns, missing, problem: errors.length > 0 ? mappingRefused(errors) : null }
}

function sourcesOf(headers: readonly string[], mapping: Mapping, source: ColumnSource): ColumnSource[] {
  const used = new Set(Object.values(mapping))
  return headers.map((header) => (used.has(header) ? source : null))
}
