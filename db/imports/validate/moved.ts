import { sql } from 'kysely'
import type { Db, Trx } from '../../core/database.ts'
import { invitations, users } from '../../people/target.ts'
import type { ImportSettings } from '../../people/write/writing.ts'
import { openRows, type RowRange, withMatch } from '../apply/apply-rows.ts'
import { personSeen } from './freeze-plan.ts'

/** A user who no longer matches the confirmed plan. */
export interface Moved {
  row: number
  email: string
  /** `changed`: other values than the plan showed. `appeared`: planned as new. `gone`: planned as an existing user. */
  what: 'changed' | 'appeared' | 'gone'
}

/**
 * Finds users of the range who differ from the plan. Only an import with a review has a plan that was shown.
 * Without a review, apply uses the users as they are now.
 *
 * @param limit the largest number of users to return
 */
export async function movedPeople(
  db: Db | Trx,
  range: RowRange,
  settings: ImportSettings,
  limit: number,
): Promise<Moved[]> {
  if (!settings.options.review) return []
  const seen = (target: typeof users) => sql`
    SELECT ${personSeen(settings, target)} FROM ${sql.table(target.people)} person WHERE person.id = match.user_id`
  // A user who accepted an invitation differs from the plan, unless the plan leaves them unchanged.
  const accepted = settings.options.existing === 'skip' ? sql`(${seen(users)})` : sql`NULL`
  const now = sql`CASE WHEN match.invited THEN coalesce((${seen(invitations)}), ${accepted}) ELSE (${seen(users)}) END`
  const { rows } = await sql<Moved>`
    SELECT * FROM (
      SELECT source.row_no AS row, source.email, CASE
          WHEN match.row_no IS NULL THEN (SELECT 'appeared' FROM people WHERE people.email_key = source.email_key LIMIT 1)
          WHEN match.seen IS NULL OR ${now} = match.seen THEN NULL
          WHEN EXISTS (SELECT FROM people WHERE people.id = match.user_id) THEN 'changed' ELSE 'gone' END AS what
        FROM import_rows source ${withMatch} WHERE ${openRows(range)}) compared
     WHERE what IS NOT NULL ORDER BY row LIMIT ${limit}`.execute(db)
  return rows
}
