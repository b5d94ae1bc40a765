import { parentOf } from '../imports/repair.ts'
import { type CustomField, type MappedField, type Mapping, readMappedField, type SingleField } from './fields.ts'
import { type ColumnMap, filledFields, numberAfter } from './headers.ts'
import type { Template } from './templates/index.ts'

/** What is wrong with a mapping. `header` is null for a field that no column was given to. */
export interface MappingError {
  field: string
  header: string | null
  reason: 'unknown-field' | 'unknown-header' | 'header-stands-twice' | 'header-used-twice' | 'missing-field'
}

/** `columns` holds what could be matched, ok or not: a preview shows that much. */
export interface MappingCheck {
  ok: boolean
  columns: ColumnMap
  errors: MappingError[]
}

/**
 * Finds the columns that a mapping names, for a template whose columns are matched by a person. Everything that is
 * wrong is listed: fields and headers that do not exist, a header that stands in the file twice, one that is used for
 * two fields, a field that the template requires and nobody named.
 *
 * @param hasCompany a row that names no company has one all the same, so that no column needs to
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

/** Fields that the template requires and the mapping does not name. */
export function missingFields(template: Template, mapping: Mapping, hasCompany: boolean): SingleField[] {
  return template.columns.flatMap(({ field, required }) => {
    const needed = required && field !== 'title' && !(field === 'company' && hasCompany)
    return needed && !Object.hasOwn(mapping, field) ? [field] : []
  })
}

/**
 * The mapping of a file that has the template's own headers, letter by letter; other columns are not imported. A
 * header that stands twice is named all the same: which of the two is meant, nobody can know.
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
