import { sql } from 'kysely'
import type { Db } from '../core/database.ts'
import { inTransaction } from '../core/transaction.ts'

/**
 * Creates the groups that the file names and that do not exist (option `unknownGroups: create`). It uses a transaction of
 * its own, so that concurrent batches do not wait for each other. A group without members does no harm.
 */
export async function makeMissingGroups(db: Db, importId: string): Promise<void> {
  const missing = await db
    .selectFrom('import_refs')
    .where('import_id', '=', importId)
    .where('kind', '=', 'group')
    .where('resolved_id', 'is', null)
    .select('name')
    .limit(1)
    .execute()
  if (missing.length === 0) return
  await inTransaction(db, async (trx) => {
    const open = sql`named.import_id = ${importId} AND named.kind = 'group' AND named.resolved_id IS NULL`
    await sql`INSERT INTO groups (name) SELECT DISTINCT named.name FROM import_refs named WHERE ${open} ORDER BY 1
      ON CONFLICT DO NOTHING`.execute(trx)
    // Locked in one order, because another batch may do the same at this moment.
    await sql`SELECT FROM import_refs named WHERE ${open} ORDER BY named.ref FOR UPDATE`.execute(trx)
    await sql`UPDATE import_refs named SET resolved_id = groups.id FROM groups WHERE ${open} AND groups.name = named.name`.execute(
      trx,
    )
  })
}
