import { parentOf } from '../../imports/repair.ts'
import { checkHeaders } from '../headers.ts'
import { checkMapping, mappingByHeaders } from '../mapping.ts'
import { type Template, templates } from './index.ts'

/** Returns the template whose headers are exactly those of the file, or null when none fits. */
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
