import type { CustomField, Mapping } from '../../../domain/people/fields.ts'
import { checkMapping, type MappingError } from '../../../domain/people/mapping.ts'
import type { Template } from '../../../domain/people/templates/index.ts'
import { mappingRefused } from '../../../domain/problems/header-problems.ts'
import { plainText } from '../../http/plain-text.ts'
import { ApiProblem } from '../../http/problems.ts'

/** The most fields in one mapping. A file has fewer columns. */
const MAX_FIELDS = 1_000

/**
 * Reads the mapping of a request before the file is read. Its keys are fields and its values are headers.
 *
 * @throws ApiProblem 422 when the template supports no mapping, or the text is not a JSON object of strings
 */
export function readMapping(template: Template, text: string | undefined): Mapping | null {
  if (text === undefined || text.trim() === '') return null
  if (template.headers !== 'matched') {
    const detail = `The template ${template.id} has headers of its own: its columns are not matched by hand. Leave mapping out.`
    throw new ApiProblem('mapping-not-supported', detail)
  }
  const given = parseObject(text)
  const entries = Object.entries(given)
  if (entries.length > MAX_FIELDS) throw invalidMapping(`At most ${MAX_FIELDS} fields can be matched.`, [])
  const wrong = entries.filter(([, header]) => typeof header !== 'string' || header !== plainText(header))
  if (wrong.length > 0) {
    const errors = wrong.map(([field]) => ({ field, header: null, reason: 'unknown-header' as const }))
    throw invalidMapping(`Expected the header of a column for: ${wrong.map(([field]) => field).join(', ')}.`, errors)
  }
  return Object.fromEntries(entries) as Mapping
}

/**
 * Throws when a mapping does not fit the template, the custom fields or the headers.
 *
 * @param headers the headers of the file or, before the file is read, the headers that the mapping names
 * @param hasCompany true when the import has a company for rows that name none
 * @throws ApiProblem 422 with every error
 */
export function refuseMapping(
  template: Template,
  mapping: Mapping,
  customFields: readonly CustomField[],
  headers: readonly string[],
  hasCompany = false,
): void {
  const checked = checkMapping(template, headers, mapping, customFields, hasCompany)
  if (!checked.ok) throw invalidMapping(mappingRefused(checked.errors).detail, checked.errors)
}

function parseObject(text: string): object {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    given = null
  }
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given
  throw invalidMapping('Expected a JSON object of headers by field, such as {"email":"E-Mail"}.', [])
}

function invalidMapping(detail: string, mapping: MappingError[]): ApiProblem {
  return new ApiProblem('invalid-mapping', detail, { mapping })
}
