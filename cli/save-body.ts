import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Client } from './client.ts'
import { Unreachable } from './errors.ts'
import type { Io } from './io.ts'

/**
 * Writes the body of a response to stdout, or to a file that appears under its name only when it is whole.
 *
 * @param output a file or a folder; undefined for stdout
 * @param fallbackName name in a folder when the response gives none
 * @returns the path of the file, or null for stdout
 * @throws Unreachable when the body breaks off
 */
async function saveBody(
  response: Response,
  output: string | undefined,
  fallbackName: string,
  io: Io,
): Promise<string | null> {
  const body = Readable.from(response.body ?? [])
  if (output === undefined) {
    await pipeline(body, io.stdout, { end: false, signal: io.signal }).catch(brokenOff)
    return null
  }
  const path = await targetPath(resolve(io.cwd, output), response, fallbackName)
  const part = `${path}.part`
  try {
    await pipeline(body, createWriteStream(part), { signal: io.signal }).catch(brokenOff)
    await rename(part, path)
  } finally {
    await rm(part, { force: true })
  }
  return path
}

function brokenOff(error: unknown): never {
  if (error instanceof TypeError) throw new Unreachable('The connection broke before the result was whole. Try again.')
  throw error
}

async function targetPath(path: string, response: Response, fallbackName: string): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) return path
  const named = /filename="?([^";]+)"?/i.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? ''
  // The name comes from the network: never more than a name, never a hidden file.
  const name = basename(named.replaceAll('\\', '/')).replace(/^\.+/, '')
  return join(path, name === '' ? fallbackName : name)
}

/**
 * Asks for a download and saves it; `-` is stdout, as it is everywhere.
 *
 * @returns the exit code
 */
export async function saveTo(
  client: Client,
  path: string,
  output: string | undefined,
  fallbackName: string,
  io: Io,
): Promise<number> {
  const response = await client.stream(path, { signal: io.signal })
  const saved = await saveBody(response, output === '-' ? undefined : output, fallbackName, io)
  if (saved !== null) io.err(`Saved ${saved}\n`)
  return 0
}
