import { sql } from 'kysely'
import type { Db, Trx } from '../core/database.ts'
import type { Scope } from '../core/page.ts'

/** The largest number of imports that are returned. The list of imports shows the others. */
const MAX_NAMED = 10

/** Lists imports of the same bytes within the scope, newest first, with who started them and when. */
export function importsOfFile(db: Db | Trx, sha256: Buffer, scope: Scope) {
  return db
    .selectFrom('imports as i')
    .innerJoin('files as f', 'f.id', 'i.file_id')
    .select(['i.id', 'i.status', 'i.started_by as startedBy', 'i.created_at as createdAt'])
    .where('f.sha256', '=', sha256)
    .$if(scope !== null, (query) => query.where(sql<boolean>`i.scope <@ ${scope}::uuid[]`))
    .orderBy('i.id', 'desc')
    .limit(MAX_NAMED)
    .execute()
}
