import { sql } from 'kysely'
import type { Db } from '../core/database.ts'
import { inTransaction } from '../core/transaction.ts'

/**
 * Makes the groups that the file names and nobody knew (option `unknownGroups: create`). In a transaction of its own,
 * so that batches side by side do not wait for each other's end; a group without members does no harm.
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
    const open = sql`n.import_id = ${importId} AND n.kind = 'group' AND n.resolved_id IS NULL`
    await sql`INSERT INTO groups (name) SELECT DISTINCT n.name FROM import_refs n WHERE ${open} ORDER BY 1
      ON CONFLICT DO NOTHING`.execute(trx)
    // In one order: another batch may do the same just now.
    await sql`SELECT FROM import_refs n WHERE ${open} ORDER BY n.ref FOR UPDATE`.execute(trx)
    await sql`UPDATE import_refs n SET resolved_id = g.id FROM groups g WHERE ${open} AND g.name = n.name`.execute(trx)
  })
}
