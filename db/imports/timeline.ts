import type { Db, Trx } from '../core/database.ts'
import type { Page } from '../core/page.ts'

/** Lists the events of an import, oldest first. The caller checks that the import is visible to the administrator. */
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

/** Records that an administrator saved title aliases. Call it in the transaction that stores them. */
export async function recordTaught(trx: Trx, importId: string, by: string, titles: number): Promise<void> {
  await trx
    .insertInto('import_history')
    .values({ import_id: importId, what: 'taught', by, detail: JSON.stringify({ titles }) })
    .execute()
}
