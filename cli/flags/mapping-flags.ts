import { UsageError } from '../http/errors.ts'
import { keyAndValue, readObject } from './key-values.ts'

/** The flags that match columns of the file to fields. */
export const mappingFlags = {
  map: { type: 'string', multiple: true },
  mapping: { type: 'string' },
} as const

export const mappingHelp = `      --map FIELD=HEADER   the column HEADER is this field: --map email=E-Mail --map 'title 1=Course'; repeatable.
                           Columns that are not named are not imported
      --mapping FILE.json  the same as {"email":"E-Mail"}; --map wins over it`

interface Flags {
  map?: string[] | undefined
  mapping?: string | undefined
}

/**
 * Returns the header for each field, or null without a flag about columns. The API checks that fields and headers
 * exist.
 *
 * @throws UsageError for a value that is not FIELD=HEADER, and for a field that is given twice
 */
export async function mappingOf({ map = [], mapping }: Flags, cwd: string): Promise<Record<string, unknown> | null> {
  if (map.length === 0 && mapping === undefined) return null
  const given = new Map<string, string>()
  for (const text of map) {
    const [field, header] = keyAndValue(text) ?? []
    if (field === undefined || header === undefined) {
      throw new UsageError(`--map takes FIELD=HEADER, for example --map email=E-Mail.`)
    }
    if (given.has(field)) throw new UsageError(`--map ${field} is given twice.`)
    given.set(field, header)
  }
  const written = mapping === undefined ? {} : await readObject(mapping, cwd)
  return { ...written, ...Object.fromEntries(given) }
}
