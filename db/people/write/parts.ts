import { type RawBuilder, sql } from 'kysely'
import type { Target } from '../target.ts'

/** Name of a part of the statement that exists once for users and once for invitations. */
export const part = (name: string, { people }: Target) => sql.ref(`${name}_${people}`)

/** The rows of such a part for all targets. */
export function unionOf(name: string, columns: RawBuilder<unknown>, targets: readonly Target[]): RawBuilder<unknown> {
  const halves = targets.map((target) => sql`SELECT ${columns} FROM ${part(name, target)}`)
  return sql.join(halves, sql` UNION ALL `)
}

/** True where the existing person of the row is kept in this table. */
export const ofKind = ({ invited }: Target) => (invited ? sql`source.invited` : sql`NOT source.invited`)

/** True where the row updates a person of this table. */
export const toUpdate = (target: Target) => sql`source.action = 'update' AND ${ofKind(target)}`
