import type { Connections } from '../../../db/core/database.ts'
import type { ReadingChoices } from '../../../db/tables/imports.ts'
import { FileProblem } from '../../../reading/index.ts'
import { type FileColumns, type MatchRequest, matchFile, SAMPLED_RECORDS } from '../preview/match-file.ts'
import { readStoredFile } from '../upload/read-stored-file.ts'

/** Matches the columns of a stored file by its first records. Returns null for a file that cannot be read. */
export async function columnsOf(
  { db, pool }: Connections,
  file: { fileId: string; name: string },
  reading: ReadingChoices,
  request: MatchRequest,
): Promise<FileColumns | null> {
  try {
    return await readStoredFile(pool, file, { reading }, async ({ header, batches }) => {
      for await (const records of batches) {
        const samples = records.slice(0, SAMPLED_RECORDS).map(({ cells }) => cells)
        return matchFile(db, header, samples, request)
      }
      return matchFile(db, header, [], request)
    })
  } catch (error) {
    if (error instanceof FileProblem) return null
    throw error
  }
}
