import { once } from 'node:events'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** Characters written to the socket at once. Smaller pieces cost more system calls, larger ones more memory. */
const FLUSH_CHARACTERS = 256 * 1024

export type CopyValue = string | number | boolean | null | readonly number[]

const UNSAFE = /[\\\t\n\r]/
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** One line of COPY's text format (PostgreSQL manual, "COPY", "Text Format"). */
export function copyLine(values: readonly CopyValue[]): string {
  let line = ''
  for (const value of values) line += `${line === '' ? '' : '\t'}${copyField(value)}`
  return `${line}\n`
}

function copyField(value: CopyValue): string {
  if (value === null) return '\\N'
  if (typeof value === 'string') {
    return UNSAFE.test(value) ? value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? '') : value
  }
  if (typeof value === 'boolean') return value ? 't' : 'f'
  return typeof value === 'number' ? String(value) : `{${value.join(',')}}`
}

/**
 * Streams lines into a table with COPY, with back-pressure: `write` waits while the socket is full, so memory stays
 * flat however large the file is.
 */
export async function copyRows(
  client: PoolClient,
  table: string,
  columns: readonly string[],
  produce: (write: (line: string) => Promise<void> | undefined) => Promise<void>,
): Promise<void> {
  const stream = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`))
  const failed = new Promise<never>((_, reject) => stream.once('error', reject))
  failed.catch(() => undefined) // The races below see it. Without a listener it would end the process.
  let pending = ''
  const flush = async () => {
    const full = !stream.write(pending)
    pending = ''
    if (full) await Promise.race([once(stream, 'drain'), failed])
  }
  try {
    await produce((line) => {
      pending += line
      return pending.length >= FLUSH_CHARACTERS ? flush() : undefined
    })
    const finished = once(stream, 'finish')
    stream.end(pending)
    await Promise.race([finished, failed])
  } catch (error) {
    stream.destroy()
    throw error
  }
}
