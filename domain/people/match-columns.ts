import { headersRefused, mappingRefused } from '../problems/header-problems.ts'
import type { Problem } from '../problems/problem.ts'
import type { CustomField, Mapping } from './fields.ts'
import { type ColumnMap, checkHeaders } from './headers.ts'
import { checkMapping, mappingByHeaders, missingFields } from './mapping.ts'
import { mappingOf, type SuggestionSource, suggestColumns } from './suggest/index.ts'
import type { Template } from './templates/index.ts'

/** What is known when the columns of a file are matched for the first time. */
export interface Unmatched {
  template: Template
  headers: readonly string[]
  /** The first records. */
  samples: readonly (readonly string[])[]
  customFields: readonly CustomField[]
  /** A row that names no company has one all the same. */
  hasCompany: boolean
}

/** Where a column's field comes from; null: it is not imported. */
export type ColumnSource = 'given' | 'saved' | SuggestionSource | null

/** The columns of a file with the fields that they are, or could be. */
export interface Matched {
  mapping: Mapping
  /** Of each column in turn. */
  sources: ColumnSource[]
  /** Null when a template with headers of its own does not fit; otherwise what could be matched. */
  columns: ColumnMap | null
  /** Required fields that no column is given to. */
  missing: string[]
  /** What an import with this mapping would be refused for. */
  problem: Problem | null
}

/** The columns of a template that has headers of its own. */
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

/** The columns as somebody has matched them, just now or for an earlier file. */
export function matchByMapping(unmatched: Unmatched, mapping: Mapping, source: 'given' | 'saved'): Matched {
  return { ...checked(unmatched, mapping), sources: sourcesOf(unmatched.headers, mapping, source) }
}

/** The columns as nobody has matched them yet. */
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
