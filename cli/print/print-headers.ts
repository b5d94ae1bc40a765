import type { Paint } from '../terminal/io.ts'
import { plain, quoted, table } from '../terminal/text.ts'
import type { HeaderError, MappingError } from '../types.ts'

const headerReasons: Record<string, string> = {
  missing: 'is required and missing',
  unknown: 'is no column of this template',
  duplicate: 'stands twice',
  spelling: 'must be spelled exactly so, capitals included',
  position: 'must stand in this place',
}

/** Formats the headers that a template rejects. */
export function headerLines(headers: readonly HeaderError[], paint: Paint): string[] {
  const [head = '', ...rows] = table([
    ['Column', 'Found', 'Expected', ''],
    ...headers.map(({ column, found, expected, reason }) => [
      column ?? '-',
      found === null ? 'nothing' : quoted(found),
      expected === null ? '-' : quoted(expected),
      headerReasons[reason] ?? plain(reason),
    ]),
  ])
  return [paint('dim', head), ...rows]
}

const mappingReasons: Record<string, string> = {
  'unknown-field': 'is no field; fields are those of muster templates none, and custom.<key>',
  'unknown-header': 'the file has no such column',
  'header-stands-twice': 'stands in the file twice: rename one of the two',
  'header-used-twice': 'is given to another field, too',
  'missing-field': 'is required and has no column',
}

/** Formats the fields and columns that cannot be matched. */
export function mappingLines(errors: readonly MappingError[], paint: Paint): string[] {
  if (errors.length === 0) return []
  const [head = '', ...rows] = table([
    ['Field', 'Column', ''],
    ...errors.map(({ field, header, reason }) => [
      plain(field),
      header === null ? 'nothing' : quoted(header),
      mappingReasons[reason] ?? plain(reason),
    ]),
  ])
  return [paint('dim', head), ...rows]
}
