import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const pathOf = (name: string) => join(import.meta.dirname, `${name}.json`)

/**
 * Writes a history as the client has fetched it. The SDK's own `historyToJSON` needs the very copy of protobufjs that
 * its types were made with, and an installation may hold several: so bytes are kept as `{base64}`, 64-bit numbers as
 * their two halves, and the rest as it is.
 */
export async function writeHistory(name: string, history: unknown): Promise<void> {
  await writeFile(pathOf(name), `${JSON.stringify(plain(history), null, 1)}\n`)
}

export async function readHistory<History>(name: string): Promise<History> {
  return JSON.parse(await readFile(pathOf(name), 'utf8'), (_, value) =>
    typeof value?.base64 === 'string' ? Buffer.from(value.base64, 'base64') : value,
  )
}

/** Where the history was recorded is nobody's business, and no part of what is replayed. */
const LEFT_OUT: Record<string, string> = { identity: 'worker', stackTrace: '' }

/** Without the messages' `toJSON`, which writes names and texts that the worker does not read back. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') }
  if (typeof value === 'string') return value.replace(/\d+@[\w.-]+?(?=[:-]|$)/, 'worker')
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, LEFT_OUT[key] ?? plain(part)]))
}
