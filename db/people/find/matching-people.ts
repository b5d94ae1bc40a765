import { type RawBuilder, sql } from 'kysely'
import type { Db, Trx } from '../../core/database.ts'
import type { Scope } from '../../core/page.ts'
import type { Target } from '../target.ts'
import { everybody } from './people.ts'
import { filterTests, mayBe, type PersonFilter } from './people-filter.ts'

/** Query of all matching users and invitations. `columns`: over the table `person`. */
function matching(scope: Scope, filter: PersonFilter, columns: (target: Target) => RawBuilder<unknown>) {
  const halves = everybody.map((target) => {
    const tests = [sql`${mayBe(filter.status, target)}::boolean`, ...filterTests(filter, target, scope)]
    if (scope !== null) tests.push(sql`person.company_id = ANY (${scope}::uuid[])`)
    return sql`SELECT ${columns(target)} FROM ${sql.table(target.people)} person WHERE ${sql.join(tests, sql` AND `)}`
  })
  return sql`(${sql.join(halves, sql` UNION ALL `)})`
}

/** Returns all matching users and invitations, without a limit. */
export async function matchingPeople(db: Db | Trx, scope: Scope, filter: PersonFilter) {
  const { rows } = await sql<{ id: string; enabled: boolean; active: boolean }>`
    SELECT * FROM ${matching(
      scope,
      filter,
      ({ invited }) =>
        sql`person.id, person.enabled, ${invited ? sql`false` : sql`person.activated_at IS NOT NULL`} AS active`,
    )} matching`.execute(db)
  return rows
}

/** Counts matching people. Without a filter, a million are counted from the index alone. */
export async function countPeople(db: Db | Trx, scope: Scope, filter: PersonFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM ${matching(scope, filter, () => sql`person.id`)} matching`.execute(db)
  return rows[0]?.count ?? 0
}

/**
 * Counts matching people, and returns the id of every `every`-th in the order of the list, so that a jump to any page
 * starts near it. One scan serves all jumps; with OFFSET each would scan again.
 */
export async function markPeople(
  db: Db | Trx,
  scope: Scope,
  filter: PersonFilter,
  every: number,
): Promise<{ count: number; marks: string[] }> {
  const { rows } = await sql<{ count: number; marks: string[] }>`
    SELECT count(*)::int AS count, coalesce(array_agg(id ORDER BY id) FILTER (WHERE n % ${every} = 0), '{}') AS marks
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM ${matching(scope, filter, () => sql`person.id`)} matching) numbered`.execute(
    db,
  )
  return rows[0] ?? { count: 0, marks: [] }
}
