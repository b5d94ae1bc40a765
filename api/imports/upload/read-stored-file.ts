import type { Pool } from 'pg'
import { fileSource } from '../../../db/files/file-source.ts'
import type { ReadingChoices } from '../../../db/tables/imports.ts'
import { type OpenedFile, openFile, type ReadHints } from '../../../reading/index.ts'

/**
 * Opens a stored file, passes it to `read`, and closes it.
 *
 * @throws FileProblem when the file cannot be read
 */
export async function readStoredFile<T>(
  pool: Pool,
  { fileId, name }: { fileId: string; name: string },
  { reading, signal }: { reading: ReadingChoices; signal?: AbortSignal },
  read: (opened: OpenedFile) => Promise<T>,
): Promise<T> {
  const hints: ReadHints = { fileName: name, ...(reading as Partial<ReadHints>), signal }
  const opened = await openFile(await fileSource(pool, fileId), hints)
  try {
    return await read(opened)
  } finally {
    await opened.close()
  }
}
