import { type RawBuilder, sql } from 'kysely'
import { clock } from '../../core/clock.ts'
import { literally, type Scope } from '../../core/page.ts'
import type { Target } from '../target.ts'

/** Most words of a search that are used. Names have fewer. */
const MAX_WORDS = 6

type Test = RawBuilder<unknown>

/**
 * People whose address, first or last name begins with a word of the search, and who have all of its words. So `Mary Ann
 * Smith` is found, although no index holds the `Ann` within a name. The indexes of the migration answer the first test.
 */
export function searchTests(search: string): Test[] {
  const words = search.normalize('NFC').split(/\s+/u).filter(Boolean).slice(0, MAX_WORDS)
  if (words.length === 0) return []
  const begins = words.flatMap((word) => [
    sql`person.email_key LIKE lower(${startOf(word)})`,
    sql`lower(person.first_name) LIKE lower(${startOf(word)})`,
    sql`lower(person.last_name) LIKE lower(${startOf(word)})`,
  ])
  const found = sql`(${sql.join(begins, sql` OR `)})`
  if (words.length === 1) return [found]
  const text = sql`' ' || lower(person.first_name) || ' ' || lower(coalesce(person.last_name, '')) || ' ' || person.email_key`
  return [found, ...words.map((word) => sql`${text} LIKE lower(${`% ${startOf(word)}`})`)]
}

/** A LIKE pattern. */
const startOf = (word: string) => `${literally(word)}%`

/** People with an outcome in the import. A caller with a scope sees no platform-wide import. */
export function touchedBy(importId: string, scope: Scope): Test {
  return sql`person.id IN (SELECT user_id FROM outcomes WHERE outcomes.import_id = ${importId} AND EXISTS (SELECT FROM imports
    WHERE imports.id = ${importId} AND (${scope}::uuid[] IS NULL OR imports.scope <@ ${scope}::uuid[])))`
}

/** Inactive people with an expired link, and without a live link or an open e-mail. */
export function linkRanOut({ invited }: Target): Test {
  // Starts from the links, because most people have no expired link.
  const ranOut = sql`link.used_at IS NULL AND link.ended_at IS NULL`
  const inactive = invited ? sql`person.enabled` : sql`person.enabled AND person.activated_at IS NULL`
  return sql`${inactive}
    AND person.id IN (SELECT link.person_id FROM activation_links link WHERE ${ranOut} AND link.expired_at IS NOT NULL
      UNION ALL SELECT link.person_id FROM activation_links link
        WHERE ${ranOut} AND link.expired_at IS NULL AND link.expires_at <= ${clock})
    AND NOT EXISTS (SELECT FROM activation_links link
      WHERE link.person_id = person.id AND ${ranOut} AND link.expired_at IS NULL AND link.expires_at > ${clock})
    AND NOT EXISTS (SELECT FROM outbox WHERE outbox.person_id = person.id AND outbox.state IN ('queued', 'sending'))`
}
