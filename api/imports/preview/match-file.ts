import { allCustomFields } from '../../../db/catalogue/custom-fields.ts'
import { findMappings } from '../../../db/catalogue/mappings.ts'
import type { Db } from '../../../db/core/database.ts'
import type { Mapping } from '../../../domain/people/fields.ts'
import {
  type ColumnSource,
  type Matched,
  matchByMapping,
  matchBySuggestion,
  matchByTemplate,
  type Unmatched,
} from '../../../domain/people/match-columns.ts'
import { none, type Template, templates } from '../../../domain/people/templates/index.ts'
import { recogniseTemplate } from '../../../domain/people/templates/recognise-template.ts'

/** Records whose cells are read to suggest the field of a column. */
export const SAMPLED_RECORDS = 100

/** Cells of a column that are shown with its header. */
const SHOWN_CELLS = 3

export interface MatchRequest {
  /** null: the template that the headers match, or `none`. */
  template: Template | null
  mapping: Mapping | null
  /** The company for rows that name none. */
  company: { id: string; name: string } | null
  /** Companies that the caller may see. null: all. */
  scope: string[] | null
}

/** The fields of a file's columns, and where each field comes from. */
export interface FileColumns {
  /** The template of the request, or the one that the headers match. null if there is neither. */
  template: string | null
  /** Header by field. Titles are `title 1`, `title 2`, … */
  mapping: Mapping
  mappingSource: 'given' | 'template' | 'saved' | 'suggested' | null
  savedMapping: string | null
  columns: { header: string; field: string | null; source: ColumnSource; samples: string[] }[]
  /** Required fields without a column. */
  missing: string[]
}

/**
 * Matches the columns of a file to fields: by the given mapping, by the template, by a mapping saved for the same
 * headers, or by a suggestion.
 *
 * @param samples the cells of the first records
 */
export async function matchFile(
  db: Db,
  headers: string[],
  samples: string[][],
  request: MatchRequest,
): Promise<FileColumns & { matched: Matched }> {
  const [customFields, saved] = [await allCustomFields(db), await savedMappings(db, headers, request)]
  const template = request.template ?? recogniseTemplate(headers) ?? templates.get(saved[0]?.template ?? '') ?? none
  const unmatched = { template, headers, samples, customFields, hasCompany: request.company !== null }
  const { source, savedMapping = null, ...matched } = matchColumns(unmatched, request.mapping, saved)
  const { mapping, missing, sources } = matched
  const fields = new Map(Object.entries(mapping).map(([field, header]) => [header, field]))
  const columns = headers.map((header, index) => ({
    header,
    field: sources[index] ? (fields.get(header) ?? null) : null,
    source: sources[index] ?? null,
    samples: samplesOf(samples, index),
  }))
  return { template: template.id, mapping, mappingSource: source, savedMapping, columns, missing, matched }
}

type Saved = Awaited<ReturnType<typeof findMappings>>

/** Finds the mappings that the caller's companies saved for these headers. A given mapping makes them unnecessary. */
async function savedMappings(db: Db, headers: string[], request: MatchRequest): Promise<Saved> {
  const { template, mapping, scope, company } = request
  if (mapping !== null || (template !== null && template.headers !== 'matched')) return []
  return findMappings(db, scope, template?.id ?? null, headers, company?.id ?? null)
}

type Sourced = Matched & { source: FileColumns['mappingSource']; savedMapping?: string }

function matchColumns(unmatched: Unmatched, given: Mapping | null, saved: Saved): Sourced {
  const { template } = unmatched
  if (template.headers !== 'matched') {
    const matched = matchByTemplate(unmatched)
    return { ...matched, source: matched.problem ? null : 'template' }
  }
  if (given) return { ...matchByMapping(unmatched, given, 'given'), source: 'given' }
  for (const { id, mapping } of saved.filter((one) => one.template === template.id)) {
    const matched = matchByMapping(unmatched, mapping, 'saved')
    if (!matched.problem) return { ...matched, source: 'saved', savedMapping: id }
  }
  const matched = matchBySuggestion(unmatched)
  const own = matched.sources.every((source) => source === 'template' || source === null)
  return { ...matched, source: own && matched.missing.length === 0 ? 'template' : 'suggested' }
}

function samplesOf(records: readonly (readonly string[])[], column: number): string[] {
  const samples: string[] = []
  for (const cells of records) {
    const cell = cells[column] ?? ''
    if (cell.trim() !== '') samples.push(cell)
    if (samples.length === SHOWN_CELLS) break
  }
  return samples
}
