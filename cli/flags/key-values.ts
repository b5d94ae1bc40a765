import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UsageError } from '../http/errors.ts'

/** Splits `KEY=VALUE` at the first `=`. Returns null for any other text. */
export function keyAndValue(text: string): [key: string, value: string] | null {
  const equals = text.indexOf('=')
  return equals < 1 ? null : [text.slice(0, equals), text.slice(equals + 1)]
}

/**
 * Reads a file that holds one JSON object.
 *
 * @throws UsageError that names the file and never quotes its content
 */
export async function readObject(given: string, cwd: string): Promise<Record<string, unknown>> {
  const text = await readFile(resolve(cwd, given), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      `${given}: ${error.code === 'ENOENT' ? 'there is no such file' : `cannot be read (${error.code})`}.`,
    )
  })
  const value = parse(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new UsageError(`${given}: expected one JSON object, such as {"key":"value"}.`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return null
  }
}
