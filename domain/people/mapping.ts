import { parentOf } from '../imports/repair.ts'
import { type CustomField, type MappedField, type Mapping, readMappedField, type SingleField } from './fields.ts'
import { type ColumnMap, filledFields, numberAfter } from './headers.ts'
import type { Template } from './templates/index.ts'

/** One error in a mapping. `header` is null for a field without a column. */
export interface MappingError {
  field: string
  header: string | null
  reason: 'unknown-field' | 'unknown-header' | 'header-stands-twice' | 'header-used-twice' | 'missing-field'
}

/** The result of a check. `columns` has the matched columns even when the mapping has errors, for the preview. */
export interface MappingCheck {
  ok: boolean
  columns: ColumnMap
  errors: MappingError[]
}

/**
 * Finds the columns that a mapping names, for a template whose columns an administrator matches. Reports every error:
 * an unknown field or header, a header that the file has twice, a header used for two fields, and a required field
 * without a column.
 *
 * @param hasCompany true when the import has a company for rows that name none, so the file needs no company column
 */
export function checkMapping(
  template: Template,
  headers: readonly string[],
  mapping: Mapping,
  customFields: readonly CustomField[],
  hasCompany = false,
): MappingCheck {
  const errors: MappingError[] = []
  const fields = new Map<SingleField, number>()
  const titles: { number: number; index: number }[] = []
  const custom: { index: number; field: CustomField }[] = []
  const used = new Set<string>()
  for (const [name, header] of Object.entries(mapping)) {
    const target = targetOf(name, customFields)
    const index = headers.indexOf(header)
    const fail = (reason: MappingError['reason']) => errors.push({ field: name, header, reason })
    if (!target) fail('unknown-field')
    else if (index < 0 || parentOf(header) !== null) fail('unknown-header')
    else if (headers.indexOf(header, index + 1) >= 0) fail('header-stands-twice')
    else if (used.has(header)) fail('header-used-twice')
    else {
      used.add(header)
      if (target.kind === 'field') fields.set(target.field, index)
      else if (target.kind === 'title') titles.push({ number: target.number, index })
      else custom.push({ index, field: target.field })
    }
  }
  const missing = missingFields(template, mapping, hasCompany)
  errors.push(...missing.map((field) => ({ field, header: null, reason: 'missing-field' as const })))
  const inOrder = titles.sort((a, b) => a.number - b.number).map(({ index }) => index)
  const columns = { headers, fields, titles: inOrder, custom, filled: filledFields(template), strict: false }
  return { ok: errors.length === 0, columns, errors }
}

type Target = Exclude<MappedField, { kind: 'custom' }> | { kind: 'custom'; field: CustomField }

function targetOf(name: string, customFields: readonly CustomField[]): Target | null {
  const target = readMappedField(name)
  if (target?.kind !== 'custom') return target
  const field = customFields.find(({ key }) => key === target.key)
  return field ? { kind: 'custom', field } : null
}

/** Returns the fields that the template requires and the mapping does not name. */
export function missingFields(template: Template, mapping: Mapping, hasCompany: boolean): SingleField[] {
  return template.columns.flatMap(({ field, required }) => {
    const needed = required && field !== 'title' && !(field === 'company' && hasCompany)
    return needed && !Object.hasOwn(mapping, field) ? [field] : []
  })
}

/**
 * Returns the mapping of a file by the template's exact headers. Other columns are not imported. A duplicate header is
 * in the mapping too, and `checkMapping` reports it because either column could be meant.
 */
export function mappingByHeaders(template: Template, headers: readonly string[]): Mapping {
  const mapping: Mapping = {}
  for (const { header, field, numbered } of template.columns) {
    if (!numbered) {
      if (headers.includes(header)) mapping[field] = header
      continue
    }
    for (const found of headers) {
      const number = numberAfter(header, found)
      if (number !== null) mapping[`${field} ${number}`] = found
    }
  }
  return mapping
}
