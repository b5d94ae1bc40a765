import { open } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { UsageError } from './errors.ts'

export interface FileToSend {
  path: string
  name: string
  /** Bytes. */
  size: number
}

/**
 * Checks that a file can be sent before any request. The API checks its content, because a file extension proves
 * nothing.
 *
 * @throws UsageError that names the file and what is wrong with it
 */
export async function fileToSend(given: string, cwd: string): Promise<FileToSend> {
  const path = resolve(cwd, given)
  const handle = await open(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : `cannot be read (${error.code})`
    throw new UsageError(`${given}: ${why}.`)
  })
  try {
    const found = await handle.stat()
    if (!found.isFile()) throw new UsageError(`${given}: is not a file.`)
    return { path, name: basename(path), size: found.size }
  } finally {
    await handle.close()
  }
}
