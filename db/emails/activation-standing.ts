import { sql } from 'kysely'
import type { Trx } from '../core/database.ts'
import { matchingPeople } from '../people/find/matching-people.ts'
import type { PersonFilter } from '../people/find/people-filter.ts'
import type { Chosen } from './activation.ts'

/** The people an administrator asks for: by id, all of a company, or all who match a search, with exceptions. */
export type Wanted = Chosen | { all: PersonFilter; except: string[] }

/** Why a person gets no activation e-mail. */
export type ActivationRefusal = 'user-not-found' | 'already-active' | 'user-disabled'

export interface ActivationStanding {
  /** The recipients. */
  allowed: Chosen
  skipped: { user: string; reason: ActivationRefusal }[]
  skippedTotal: number
}

/** Most skipped people in one response. The others are only counted. */
export const MAX_SKIPPED = 1_000

/**
 * Splits the chosen people into recipients and skipped people, with the reason. For a company or a search, only disabled
 * people are skipped, because active people were not asked for.
 *
 * @param companies the companies that the caller may see; null: all. People of other companies are `user-not-found`
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
    // A search finds active people among the others. They were not asked for.
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
