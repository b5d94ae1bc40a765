import { type RawBuilder, sql } from 'kysely'

/** Where a query has the existing person of a row and what to do with them. */
export interface Match {
  action: RawBuilder<unknown>
  invited: RawBuilder<unknown>
  person: RawBuilder<unknown>
}

/** In `writePeople`, the row to write holds it itself. */
export const matchInSource: Match = {
  action: sql`source.action`,
  invited: sql`source.invited`,
  person: sql`source.person_id`,
}

/** In the plan, `import_matches match` holds it. */
export const matchInPlan: Match = {
  action: sql`match.action`,
  invited: sql`match.invited`,
  person: sql`match.user_id`,
}

/**
 * True where the row `source` gives an existing user a generated password, in an import that renews passwords: the user
 * is or becomes enabled. The password comes by e-mail, so invitations and disabled users get none.
 */
export function getsGeneratedPassword({ action, invited, person }: Match): RawBuilder<boolean> {
  const enabled = sql<boolean>`(SELECT users.enabled FROM users WHERE users.id = ${person})`
  return sql<boolean>`(${action} = 'update' AND NOT ${invited} AND ${staysEnabled(enabled)})`
}

/** True where an existing user is enabled after the row `source` was applied. */
export const staysEnabled = (enabled: RawBuilder<boolean>) => sql<boolean>`coalesce(source.enabled, ${enabled})`
