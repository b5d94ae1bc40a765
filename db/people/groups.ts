import { type RawBuilder, sql } from 'kysely'
import type { ImportOptions } from '../../domain/imports/options.ts'
import type { Target } from './target.ts'

type GroupOptions = Pick<ImportOptions, 'groups' | 'groupsMode' | 'blankCells'>

/**
 * How an import changes groups, as SQL over the row `source`. null: the import neither has a column for groups nor names
 * one in its options.
 */
export interface GroupRules {
  mode: ImportOptions['groupsMode']
  /** Ids of the groups that the row and the options name. null in it: a group that apply will create. */
  wanted: RawBuilder<unknown>
  /** `replace` only: whether the row replaces groups. An empty cell keeps them, unless the options clear blank cells. */
  decides: RawBuilder<boolean>
}

export function groupRules(options: GroupOptions, fields: readonly string[]): GroupRules | null {
  const inFile = fields.includes('groups')
  if (!inFile && options.groups.length === 0) return null
  const named = sql`ARRAY(
      SELECT reference.resolved_id FROM unnest(source.groups) AS named (ref)
        JOIN import_refs reference ON reference.import_id = source.import_id AND reference.ref = named.ref)`
  const always = options.groups.length > 0 || options.blankCells === 'clear'
  return {
    mode: options.groupsMode,
    wanted: inFile ? sql`(${named} || ${options.groups}::uuid[])` : sql`${options.groups}::uuid[]`,
    decides: always ? sql<boolean>`true` : sql<boolean>`cardinality(source.groups) > 0`,
  }
}

/** Groups of a person, sorted. */
export function groupsOf(target: Target, person: RawBuilder<unknown>): RawBuilder<string[]> {
  const { groups, key } = target
  return sql<string[]>`ARRAY(
      SELECT membership.group_id FROM ${sql.table(groups)} membership
       WHERE membership.${sql.ref(key)} = ${person} ORDER BY membership.group_id)`
}

/** True where `person` would join or leave a group. */
export function groupsDiffer({ mode, wanted, decides }: GroupRules, target: Target): RawBuilder<boolean> {
  const own = groupsOf(target, sql`person.id`)
  switch (mode) {
    case 'add':
      return sql<boolean>`NOT coalesce(${wanted} <@ ${own}, false)`
    case 'remove':
      return sql<boolean>`(${wanted} && ${own})`
    case 'replace':
      return sql<boolean>`(${decides} AND NOT (coalesce(${wanted} <@ ${own}, false) AND ${own} <@ ${wanted}))`
  }
}

/** The groups of `person` after apply, for the plan. */
export function groupsAfter({ mode, wanted, decides }: GroupRules, target: Target): RawBuilder<unknown> {
  const own = groupsOf(target, sql`person.id`)
  const sorted = (query: RawBuilder<unknown>) =>
    sql`ARRAY(SELECT DISTINCT group_id FROM (${query}) AS later (group_id) ORDER BY group_id)`
  switch (mode) {
    case 'add':
      return sorted(sql`SELECT unnest(${own} || ${wanted})`)
    case 'remove':
      return sorted(sql`SELECT unnest(${own}) EXCEPT SELECT unnest(${wanted})`)
    case 'replace':
      return sql`CASE WHEN ${decides} THEN ${sorted(sql`SELECT unnest(${wanted})`)} ELSE ${own} END`
  }
}
