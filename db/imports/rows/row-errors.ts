import type { CellError } from '../../../domain/problems/problem.ts'
import type { Db } from '../../core/database.ts'

/** What is wrong with the rows of a range, by row number. Valid rows are left out. */
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
