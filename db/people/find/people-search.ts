import { type RawBuilder, sql } from 'kysely'
import { clock } from '../../core/clock.ts'
import { literally, type Scope } from '../../core/page.ts'
import type { Target } from '../target.ts'

/** Words of one search that are looked at; nobody has more names. */
const MAX_WORDS = 6

type Test = RawBuilder<unknown>

/**
 * People whose address, first or last name begins with a word of the search, and who have all of its words: so `Mary Ann
 * Smith` is found, though no index knows that a name has an `Ann` in it. The indexes of the migration answer the first
 * test.
 */
export function searchTests(search: string): Test[] {
  const words = search.normalize('NFC').split(/\s+/u).filter(Boolean).slice(0, MAX_WORDS)
  if (words.length === 0) return []
  const begins = words.flatMap((word) => [
    sql`p.email_key LIKE lower(${startOf(word)})`,
    sql`lower(p.first_name) LIKE lower(${startOf(word)})`,
    sql`lower(p.last_name) LIKE lower(${startOf(word)})`,
  ])
  const found = sql`(${sql.join(begins, sql` OR `)})`
  if (words.length === 1) return [found]
  const text = sql`' ' || lower(p.first_name) || ' ' || lower(coalesce(p.last_name, '')) || ' ' || p.email_key`
  return [found, ...words.map((word) => sql`${text} LIKE lower(${`% ${startOf(word)}`})`)]
}

/** A LIKE pattern. */
const startOf = (word: string) => `${literally(word)}%`

/** An import of the whole platform does not exist for whoever sees some companies. */
export function touchedBy(importId: string, scope: Scope): Test {
  return sql`p.id IN (SELECT o.user_id FROM outcomes o WHERE o.import_id = ${importId} AND EXISTS (SELECT FROM imports i
    WHERE i.id = ${importId} AND (${scope}::uuid[] IS NULL OR i.scope <@ ${scope}::uuid[])))`
}

/** Whoever has a link that works, or gets one just now, is no such person. */
export function linkRanOut({ invited }: Target): Test {
  // From the links to the people: most people have none that ran out.
  const ranOut = sql`l.used_at IS NULL AND l.ended_at IS NULL`
  const inactive = invited ? sql`p.enabled` : sql`p.enabled AND p.activated_at IS NULL`
  return sql`${inactive}
    AND p.id IN (SELECT l.person_id FROM activation_links l WHERE ${ranOut} AND l.expired_at IS NOT NULL
      UNION ALL SELECT l.person_id FROM activation_links l
        WHERE ${ranOut} AND l.expired_at IS NULL AND l.expires_at <= ${clock})
    AND NOT EXISTS (SELECT FROM activation_links l
      WHERE l.person_id = p.id AND ${ranOut} AND l.expired_at IS NULL AND l.expires_at > ${clock})
    AND NOT EXISTS (SELECT FROM outbox o WHERE o.person_id = p.id AND o.state IN ('queued', 'sending'))`
}
