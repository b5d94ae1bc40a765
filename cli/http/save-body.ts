import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Io } from '../terminal/io.ts'
import type { Client } from './client.ts'
import { Unreachable, UsageError } from './errors.ts'

/**
 * Writes the body of a response to stdout, or to a file that appears under its name only when it is whole.
 *
 * @param output a file or a folder; undefined for stdout
 * @param fallbackName name in a folder when the response gives none
 * @returns the path of the file, or null for stdout
 * @throws Unreachable when the body breaks off, UsageError when there can be no such file
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
  const path = await targetPath(output, io.cwd, response, fallbackName)
  const part = `${path}.part`
  try {
    await pipeline(body, createWriteStream(part), { signal: io.signal }).catch((error) => cannotSave(error, output))
    await rename(part, path)
  } finally {
    // Where there is no folder there is nothing to take away, and that is said already.
    await rm(part, { force: true }).catch(() => undefined)
  }
  return path
}

function brokenOff(error: unknown): never {
  if (error instanceof TypeError) throw new Unreachable('The connection broke before the result was whole. Try again.')
  throw error
}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EACCES: 'nothing may be written there',
  EROFS: 'nothing may be written there',
  ENOSPC: 'the disk is full',
}

function cannotSave(error: unknown, output: string): never {
  const why = reasons[(error as NodeJS.ErrnoException).code ?? '']
  if (why !== undefined) throw new UsageError(`${output}: ${why}.`)
  return brokenOff(error)
}

async function targetPath(output: string, cwd: string, response: Response, fallbackName: string): Promise<string> {
  const path = resolve(cwd, output)
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder && /[/\\]$/.test(output)) throw new UsageError(`${output}: there is no such folder.`)
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
