import { sql } from 'kysely'
import type { Trx } from '../core/database.ts'
import { matchingPeople } from '../people/find/matching-people.ts'
import type { PersonFilter } from '../people/find/people-filter.ts'
import type { Chosen } from './activation.ts'

/** Those who are asked for: by id, all of a company, or all who match a search, without some. */
export type Wanted = Chosen | { all: PersonFilter; except: string[] }

/** Why somebody gets no activation e-mail. */
export type ActivationRefusal = 'user-not-found' | 'already-active' | 'user-disabled'

export interface ActivationStanding {
  /** Whom the caller may write to. */
  allowed: Chosen
  skipped: { user: string; reason: ActivationRefusal }[]
  skippedTotal: number
}

/** Named in an answer; the rest is counted. */
export const MAX_SKIPPED = 1_000

/**
 * Who of the chosen gets no e-mail, and why. Of a company only the disabled are named: those who are active were
 * not asked for.
 *
 * @param companies what the caller may touch; null: everything. Users elsewhere do not exist for them.
 */
export async function activationStanding(
  trx: Trx,
  chosen: Wanted,
  companies: string[] | null,
): Promise<ActivationStanding> {
  if ('company' in chosen) {
    const { rows } = await sql<{ user: string }>`SELECT id AS user FROM people
      WHERE company_id = ${chosen.company} AND NOT enabled ORDER BY id`.execute(trx)
    const skipped = rows.slice(0, MAX_SKIPPED).map(({ user }) => ({ user, reason: 'user-disabled' as const }))
    return { allowed: chosen, skipped, skippedTotal: rows.length }
  }
  if ('all' in chosen) {
    // Active people were not asked for: a search finds them among the others.
    const except = new Set(chosen.except.map((id) => id.toLowerCase()))
    const matching = await matchingPeople(trx, companies, chosen.all)
    const found = matching.filter(({ id, active }) => !active && !except.has(id))
    const disabled = found.filter(({ enabled }) => !enabled).map(({ id }) => id)
    return {
      allowed: { users: found.filter(({ enabled }) => enabled).map(({ id }) => id) },
      skipped: disabled.slice(0, MAX_SKIPPED).map((user) => ({ user, reason: 'user-disabled' as const })),
      skippedTotal: disabled.length,
    }
  }
  const ids = [...new Set(chosen.users.map((id) => id.toLowerCase()))]
  const { rows } = await sql<{ user: string; enabled: boolean; active: boolean }>`
    SELECT id AS user, enabled, activated_at IS NOT NULL AS active FROM people
    WHERE id = ANY(${ids}::uuid[]) AND (${companies}::uuid[] IS NULL OR company_id = ANY(${companies}::uuid[]))
    `.execute(trx)
  const known = new Map(rows.map((row) => [row.user, row]))
  const skipped = ids.flatMap((user): ActivationStanding['skipped'] => {
    const row = known.get(user)
    if (!row) return [{ user, reason: 'user-not-found' }]
    if (!row.enabled) return [{ user, reason: 'user-disabled' }]
    return row.active ? [{ user, reason: 'already-active' }] : []
  })
  const refused = new Set(skipped.map(({ user }) => user))
  return {
    allowed: { users: ids.filter((id) => !refused.has(id)) },
    skipped: skipped.slice(0, MAX_SKIPPED),
    skippedTotal: skipped.length,
  }
}
