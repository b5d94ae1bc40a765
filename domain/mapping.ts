import { type CustomField, type Mapping, readMappedField, type SingleField } from './fields.ts'
import { type ColumnMap, filledFields } from './headers.ts'
import { parentOf } from './repair.ts'
import type { Template } from './templates/index.ts'

/** What is wrong with a mapping. `header` is null for a field that no column was given to. */
export interface MappingError {
  field: string
  header: string | null
  reason: 'unknown-field' | 'unknown-header' | 'header-stands-twice' | 'header-used-twice' | 'missing-field'
}

export type MappingCheck = { ok: true; columns: ColumnMap } | { ok: false; errors: MappingError[] }

/**
 * Finds the columns that a mapping names, for a template whose columns are matched by a person. Everything that is
 * wrong is listed: fields and headers that do not exist, a header that stands in the file twice, one that is used for
 * two fields, a field that the template requires and nobody named.
 */
export function checkMapping(
  template: Template,
  headers: readonly string[],
  mapping: Mapping,
  customFields: readonly CustomField[],
): MappingCheck {
  const errors: MappingError[] = []
  const fields = new Map<SingleField, number>()
  const titles: { number: number; index: number }[] = []
  const custom: { index: number; field: CustomField }[] = []
  const used = new Set<string>()
  for (const [name, header] of Object.entries(mapping)) {
    const target = readMappedField(name)
    const own = target?.kind === 'custom' ? customFields.find(({ key }) => key === target.key) : undefined
    const index = headers.indexOf(header)
    const fail = (reason: MappingError['reason']) => errors.push({ field: name, header, reason })
    if (!target || (target.kind === 'custom' && !own)) fail('unknown-field')
    else if (index < 0 || parentOf(header) !== null) fail('unknown-header')
    else if (headers.indexOf(header, index + 1) >= 0) fail('header-stands-twice')
    else if (used.has(header)) fail('header-used-twice')
    else if (target.kind === 'field') fields.set(target.field, index)
    else if (target.kind === 'title') titles.push({ number: target.number, index })
    else if (own) custom.push({ index, field: own })
    used.add(header)
  }
  for (const { field, required } of template.columns) {
    if (required && !Object.hasOwn(mapping, field)) errors.push({ field, header: null, reason: 'missing-field' })
  }
  if (errors.length > 0) return { ok: false, errors }
  const inOrder = titles.sort((a, b) => a.number - b.number).map(({ index }) => index)
  return {
    ok: true,
    columns: { headers, fields, titles: inOrder, custom, filled: filledFields(template), strict: false },
  }
}

/** The mapping of a file that has the template's own headers, letter by letter; other columns are not imported. */
export function mappingByHeaders(template: Template, headers: readonly string[]): Mapping {
  const mapping: Mapping = {}
  for (const { header, field, numbered } of template.columns) {
    if (!numbered) {
      if (headers.includes(header)) mapping[field] = header
      continue
    }
    const columns = headers.filter(
      (found) => found.startsWith(`${header} `) && /^[1-9]\d{0,3}$/.test(found.slice(header.length + 1)),
    )
    for (const found of columns) mapping[`${field} ${found.slice(header.length + 1)}`] = found
  }
  return mapping
}
