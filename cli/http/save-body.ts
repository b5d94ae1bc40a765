import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Io } from '../terminal/io.ts'
import type { Client } from './client.ts'
import { Unreachable, UsageError } from './errors.ts'

/**
 * Writes the body of a response to stdout, or to a file that gets its name only when it is complete.
 *
 * @param output a file or a folder; undefined for stdout
 * @param fallbackName name in a folder when the response gives none
 * @returns the path of the file, or null for stdout
 * @throws Unreachable when the body breaks off, UsageError when the file cannot be created
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
    // If the folder does not exist, there is no partial file to remove, and the first error already says so.
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
  // The name comes from the network. Only its last part is used, and it never makes a hidden file.
  const name = basename(named.replaceAll('\\', '/')).replace(/^\.+/, '')
  return join(path, name === '' ? fallbackName : name)
}

/**
 * Downloads a file and saves it. `-` means stdout, as in other tools.
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
