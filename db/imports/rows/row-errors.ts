import { MAX_PROBLEM_ENTRIES } from '../../../domain/imports/limits.ts'
import type { CellError } from '../../../domain/problems/problem.ts'
import type { Db, Trx } from '../../core/database.ts'

/** Returns the errors of the rows of a range, by row number, without the valid rows. */
export async function rowErrors(
  db: Db,
  importId: string,
  first: number,
  last: number,
): Promise<Map<number, CellError[]>> {
  const rows = await db
    .selectFrom('import_rows')
    .where('import_id', '=', importId)
    .where('row_no', '>=', first)
    .where('row_no', '<=', last)
    .where('errors', 'is not', null)
    .select(['row_no', 'errors'])
    .execute()
  return new Map(rows.map(({ row_no, errors }) => [row_no, errors ?? []]))
}

/** Returns the first rows with errors, at most MAX_PROBLEM_ENTRIES. */
export function firstErrors(trx: Trx, importId: string) {
  return trx
    .selectFrom('import_rows')
    .where('import_id', '=', importId)
    .where('errors', 'is not', null)
    .select(['row_no as row', 'errors'])
    .orderBy('row_no')
    .limit(MAX_PROBLEM_ENTRIES)
    .execute()
}
