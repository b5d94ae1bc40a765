import { type RawBuilder, sql } from 'kysely'
import { type GroupRules, groupsOf } from '../groups.ts'
import type { Target } from '../target.ts'
import { part, toUpdate, unionOf } from './parts.ts'

/** The part of the statement in which existing users join groups. Empty when the options only remove members. */
export function joins({ mode, wanted }: GroupRules, target: Target): RawBuilder<unknown> {
  if (mode === 'remove') return sql``
  return sql`
-- A group that an existing ${sql.raw(target.invited ? 'invitation' : 'user')} joins.
${part('joined', target)} AS (
  INSERT INTO ${sql.table(target.groups)} (${sql.ref(target.key)}, group_id)
  SELECT DISTINCT source.person_id, wanted.group_id
    FROM source CROSS JOIN unnest(${wanted}) AS wanted (group_id)
   WHERE ${toUpdate(target)} AND wanted.group_id IS NOT NULL
   ORDER BY 1, 2
  ON CONFLICT DO NOTHING
  RETURNING ${sql.ref(target.key)} AS person_id
),
`
}

/** The part of the statement in which existing users leave groups. Empty when the options only add members. */
export function leaves({ mode, wanted, decides }: GroupRules, target: Target): RawBuilder<unknown> {
  if (mode === 'add') return sql``
  const left = {
    remove: sql`membership.group_id = ANY (${wanted})`,
    replace: sql`${decides} AND membership.group_id <> ALL (${wanted})`,
  }[mode]
  return sql`
-- A group that an existing ${sql.raw(target.invited ? 'invitation' : 'user')} leaves.
${part('left', target)} AS (
  DELETE FROM ${sql.table(target.groups)} membership USING source
   WHERE membership.${sql.ref(target.key)} = source.person_id AND ${toUpdate(target)}
     AND ${left}
  RETURNING membership.${sql.ref(target.key)} AS person_id
),
`
}

/** True where the existing person of the row joins or leaves a group. */
export function changesGroups({ mode }: GroupRules, targets: readonly Target[]): RawBuilder<boolean> {
  const parts = { add: ['joined'], remove: ['left'], replace: ['joined', 'left'] }[mode]
  const people = parts.map((name) => unionOf(name, sql`person_id`, targets))
  return sql<boolean>`source.person_id IN (
             ${sql.join(people, sql` UNION ALL `)})`
}

/** The before-image of the row's person, with the groups where they change. */
export function beforeWithGroups(changed: RawBuilder<boolean>, targets: readonly Target[]): RawBuilder<unknown> {
  const groups = targets.map((target) => groupsOf(target, sql`source.person_id`))
  return sql`CASE WHEN ${changed}
           THEN coalesce(changed.before, '{}') || jsonb_build_object('groups',
             ${sql.join(groups, sql` || `)})
           ELSE changed.before END`
}
