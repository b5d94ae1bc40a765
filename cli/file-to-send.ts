import { open } from 'node:fs/promises'
import { basename, extname, resolve } from 'node:path'
import { UsageError } from './errors.ts'
import type { FileToSend } from './send-file.ts'

const mediaTypes: Record<string, string> = {
  '.csv': 'text/csv',
  '.txt': 'text/plain',
  '.tsv': 'text/plain',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/**
 * Looks whether a file can be sent, before anybody is asked anything.
 *
 * @throws UsageError that names the file and what is wrong with it
 */
export async function fileToSend(given: string, cwd: string): Promise<FileToSend & { name: string }> {
  const path = resolve(cwd, given)
  const type = mediaTypes[extname(path).toLowerCase()]
  const size = await readableSize(path, given)
  if (type === undefined) throw new UsageError(`${given}: expected a file that ends in .csv, .tsv, .txt or .xlsx.`)
  return { path, size, type, name: basename(path) }
}

async function readableSize(path: string, given: string): Promise<number> {
  const handle = await open(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : `cannot be read (${error.code})`
    throw new UsageError(`${given}: ${why}.`)
  })
  try {
    const found = await handle.stat()
    if (!found.isFile()) throw new UsageError(`${given}: is not a file.`)
    return found.size
  } finally {
    await handle.close()
  }
}
