import { type RawBuilder, sql } from 'kysely'
import type { Db, Trx } from '../../core/database.ts'
import type { Scope } from '../../core/page.ts'
import type { Target } from '../target.ts'
import { everybody } from './people.ts'
import { filterTests, mayBe, type PersonFilter } from './people-filter.ts'

/** All who match, of both kinds; `columns` of the table `p`. */
function matching(scope: Scope, filter: PersonFilter, columns: (target: Target) => RawBuilder<unknown>) {
  const halves = everybody.map((target) => {
    const tests = [sql`${mayBe(filter.status, target)}::boolean`, ...filterTests(filter, target, scope)]
    if (scope !== null) tests.push(sql`p.company_id = ANY (${scope}::uuid[])`)
    return sql`SELECT ${columns(target)} FROM ${sql.table(target.people)} p WHERE ${sql.join(tests, sql` AND `)}`
  })
  return sql`(${sql.join(halves, sql` UNION ALL `)})`
}

/** People of both kinds who match, whatever their number: their ids, whether they are enabled and active. */
export async function matchingPeople(db: Db | Trx, scope: Scope, filter: PersonFilter) {
  const { rows } = await sql<{ id: string; enabled: boolean; active: boolean }>`
    SELECT * FROM ${matching(
      scope,
      filter,
      ({ invited }) => sql`p.id, p.enabled, ${invited ? sql`false` : sql`p.activated_at IS NOT NULL`} AS active`,
    )} x`.execute(db)
  return rows
}

/** How many people match. All of a million without a filter are counted from the index alone. */
export async function countPeople(db: Db | Trx, scope: Scope, filter: PersonFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM ${matching(scope, filter, () => sql`p.id`)} x`.execute(db)
  return rows[0]?.count ?? 0
}

/**
 * The number of people who match, and the ids of every `every`-th of them in the order of the list: from these, any page
 * is near. One walk for all jumps: OFFSET would walk to the place again for each.
 */
export async function markPeople(
  db: Db | Trx,
  scope: Scope,
  filter: PersonFilter,
  every: number,
): Promise<{ count: number; marks: string[] }> {
  const { rows } = await sql<{ count: number; marks: string[] }>`
    SELECT count(*)::int AS count, coalesce(array_agg(id ORDER BY id) FILTER (WHERE n % ${every} = 0), '{}') AS marks
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM ${matching(scope, filter, () => sql`p.id`)} x) y`.execute(
    db,
  )
  return rows[0] ?? { count: 0, marks: [] }
}
