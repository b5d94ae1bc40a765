import type { Pool } from 'pg'
import { FileProblem } from '../../../reading/index.ts'
import { readStoredFile } from '../upload/read-stored-file.ts'
import type { Upload } from '../upload/read-upload.ts'
import type { ReadingChoices } from '../upload/reading-choices.ts'
import { invalid } from './option-errors.ts'

/**
 * Reads only the header row of an uploaded file. A saved mapping is stored with the headers that it belongs to.
 *
 * @throws ApiProblem 422 for a file that cannot be read
 */
export async function headersOf(pool: Pool, file: Upload['file'], reading: ReadingChoices): Promise<string[]> {
  try {
    return await readStoredFile(pool, file, { reading }, async ({ header }) => header)
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    throw invalid([{ option: 'saveMapping', code: error.code, message: error.message }])
  }
}
