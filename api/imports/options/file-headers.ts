import type { Pool } from 'pg'
import { FileProblem } from '../../../reading/index.ts'
import { readStoredFile } from '../upload/read-stored-file.ts'
import type { Upload } from '../upload/read-upload.ts'
import type { ReadingChoices } from '../upload/reading-choices.ts'
import { invalid } from './option-errors.ts'

/**
 * Reads the header row of an uploaded file, and no further.
 *
 * @throws ApiProblem 422 for a file that cannot be read: a mapping is saved for headers that somebody has seen
 */
export async function headersOf(pool: Pool, file: Upload['file'], reading: ReadingChoices): Promise<string[]> {
  try {
    return await readStoredFile(pool, file, { reading }, async ({ header }) => header)
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    throw invalid([{ option: 'saveMapping', code: error.code, message: error.message }])
  }
}
