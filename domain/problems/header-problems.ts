import { MAX_PROBLEM_ENTRIES } from '../imports/limits.ts'
import type { MappingError } from '../people/mapping.ts'
import { type HeaderError, type Problem, problem } from './problem.ts'

/** Returns the problem of a file whose headers differ from those of a template with exact headers. */
export function headersRefused(errors: HeaderError[]): Problem {
  const detail =
    `The header row does not fit the template: ${errors.map(sentence).slice(0, 5).join(' ')}` +
    (errors.length > 5 ? ` And ${errors.length - 5} more.` : '')
  return problem('invalid-headers', 422, 'The headers do not fit the template', detail, {
    headers: errors.slice(0, MAX_PROBLEM_ENTRIES),
  })
}

function sentence({ found, expected, column, reason }: HeaderError): string {
  switch (reason) {
    case 'missing':
      return `Column “${expected}” is missing.`
    case 'spelling':
      return `Column ${column} is “${found}” and should be “${expected}”.`
    case 'duplicate':
      return `Column ${column}, “${found}”, stands twice.`
    case 'unknown':
      return `Column ${column}, “${found}”, is not part of the template.`
    case 'position':
      return `Column ${column} is “${found}” where “${expected}” belongs.`
  }
}

/** Returns the problem of a mapping that does not fit the file or the template. */
export function mappingRefused(errors: MappingError[]): Problem {
  const detail =
    `The columns cannot be matched to fields: ${errors.map(mismatch).slice(0, 5).join(' ')}` +
    (errors.length > 5 ? ` And ${errors.length - 5} more.` : '')
  return problem('invalid-mapping', 422, 'The columns cannot be matched', detail, {
    mapping: errors.slice(0, MAX_PROBLEM_ENTRIES),
  })
}

function mismatch({ field, header, reason }: MappingError): string {
  switch (reason) {
    case 'unknown-field':
      return `There is no field “${field}”.`
    case 'unknown-header':
      return `The file has no column “${header}” for the field “${field}”.`
    case 'header-stands-twice':
      return `Column “${header}”, for the field “${field}”, stands in the file twice.`
    case 'header-used-twice':
      return `Column “${header}” is given to two fields, the second is “${field}”.`
    case 'missing-field':
      return `No column is given to the field “${field}”, which is required.`
  }
}
