import { sql } from 'kysely'
import type { Db, Trx } from '../core/database.ts'
import type { WrittenCounts } from './apply/import-standing.ts'

/** Sums what several imports wrote, by import id. An import that wrote nothing is not in the map. */
export async function writtenCountsOf(db: Db | Trx, ids: string[]): Promise<Map<string, WrittenCounts>> {
  if (ids.length === 0) return new Map()
  const sum = (column: keyof WrittenCounts) => sql<number>`sum(${sql.ref(column)})::int`
  const rows = await db
    .selectFrom('import_batches')
    .where('import_id', 'in', ids)
    .groupBy('import_id')
    .select([
      'import_id as id',
      sum('created').as('created'),
      sum('invited').as('invited'),
      sum('updated').as('updated'),
      sum('skipped').as('skipped'),
      sum('assignments').as('assignments'),
      sum('invalid').as('invalid'),
      sum('emails').as('emails'),
    ])
    .execute()
  return new Map(rows.map(({ id, ...counts }) => [id, counts]))
}
