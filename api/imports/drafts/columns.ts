import type { Connections } from '../../../db/core/database.ts'
import { fileSource } from '../../../db/files/file-source.ts'
import type { ReadingChoices } from '../../../db/tables/imports.ts'
import { FileProblem, openFile, type ReadHints } from '../../../reading/index.ts'
import { type FileColumns, type MatchRequest, matchFile } from '../preview/match-file.ts'

/** Records whose cells are looked at to tell what a column holds; as many as a preview looks at. */
const SAMPLED = 100

/** What the columns of a stored file are, found in its first records; null for a file that cannot be read. */
export async function columnsOf(
  { db, pool }: Connections,
  file: { fileId: string; name: string },
  reading: ReadingChoices,
  request: MatchRequest,
): Promise<FileColumns | null> {
  try {
    const hints: ReadHints = { fileName: file.name, ...(reading as Partial<ReadHints>) }
    const opened = await openFile(await fileSource(pool, file.fileId), hints)
    try {
      for await (const records of opened.batches) {
        const samples = records.slice(0, SAMPLED).map(({ cells }) => cells)
        return await matchFile(db, opened.header, samples, request)
      }
      return await matchFile(db, opened.header, [], request)
    } finally {
      await opened.close()
    }
  } catch (error) {
    if (error instanceof FileProblem) return null
    throw error
  }
}
