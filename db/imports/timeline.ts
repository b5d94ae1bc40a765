import { sql } from 'kysely'
import type { Db, Trx } from '../core/database.ts'
import type { Page } from '../core/page.ts'

/** What happened to an import, in order. The import is one that the asker may see. */
export function timelineOf(db: Db | Trx, importId: string, { after, limit }: Page) {
  return db
    .selectFrom('import_history')
    .select(['id', 'at', 'what', 'by', 'detail'])
    .where('import_id', '=', importId)
    .$if(after !== null, (query) => query.where('id', '>', after))
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** What somebody asks of an import; it is told with their name as soon as it takes effect. */
export async function recordDecision(
  db: Db | Trx,
  importId: string,
  decision: 'confirm' | 'resume' | 'cancel' | 'revalidate',
  by: string,
): Promise<void> {
  await db
    .updateTable('imports')
    .set({ decision: sql<string>`decision || ${JSON.stringify({ [decision]: by })}::jsonb` })
    .where('id', '=', importId)
    .execute()
}

/** Tells that somebody has taught what titles mean. Belongs into the transaction that records them. */
export async function recordTaught(trx: Trx, importId: string, by: string, titles: number): Promise<void> {
  await trx
    .insertInto('import_history')
    .values({ import_id: importId, what: 'taught', by, detail: JSON.stringify({ titles }) })
    .execute()
}
