import { parentOf } from '../../imports/repair.ts'
import { checkHeaders } from '../headers.ts'
import { checkMapping, mappingByHeaders } from '../mapping.ts'
import { type Template, templates } from './index.ts'

/** Returns the template that a file was made for, or null. The file has the template's headers and no others. */
export function recogniseTemplate(headers: readonly string[]): Template | null {
  const own = headers.filter((header) => parentOf(header) === null)
  for (const template of templates.values()) {
    if (template.headers === 'matched' ? isOwn(template, own) : checkHeaders(template, own).ok) return template
  }
  return null
}

function isOwn(template: Template, headers: readonly string[]): boolean {
  const mapping = mappingByHeaders(template, headers)
  return Object.keys(mapping).length === headers.length && checkMapping(template, headers, mapping, []).ok
}
