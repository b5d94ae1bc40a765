import { type RawBuilder, sql } from 'kysely'
import type { UserStatus } from '../../../domain/imports/states.ts'
import type { Scope } from '../../core/page.ts'
import type { Target } from '../target.ts'
import { linkRanOut, searchTests, touchedBy } from './people-search.ts'

/** Each given field must be equal. */
export interface PersonFilter {
  emailKey?: string | undefined
  firstName?: string | undefined
  lastName?: string | undefined
  company?: string | undefined
  cohort?: string | undefined
  group?: string | undefined
  course?: string | undefined
  language?: string | undefined
  jobRole?: string | undefined
  region?: string | undefined
  description?: string | undefined
  label?: string | undefined
  permissionSet?: string | undefined
  enabled?: boolean | undefined
  status?: UserStatus | undefined
  /** Words, each the start of the address or of a name. */
  q?: string | undefined
  /** Id of an import that has an outcome for them and is in the scope. */
  import?: string | undefined
  /** Not active, with an expired last link. */
  link?: 'expired' | undefined
}

const filterColumns = {
  emailKey: 'email_key',
  firstName: 'first_name',
  lastName: 'last_name',
  company: 'company_id',
  cohort: 'cohort_id',
  language: 'language',
  jobRole: 'job_role',
  region: 'region',
  description: 'description',
  label: 'label',
  permissionSet: 'permission_set_id',
  enabled: 'enabled',
} as const

/** The conditions of a filter, over the table `person`. */
export function filterTests(filter: PersonFilter, target: Target, scope: Scope): RawBuilder<unknown>[] {
  const tests: RawBuilder<unknown>[] = []
  for (const field of Object.keys(filterColumns) as (keyof typeof filterColumns)[]) {
    const value = filter[field]
    if (value !== undefined) tests.push(sql`person.${sql.ref(filterColumns[field])} = ${value}`)
  }
  const { group, course, status } = filter
  const { groups, courses, key } = target
  if (group !== undefined) {
    tests.push(sql`person.id IN (SELECT ${sql.ref(key)} FROM ${sql.table(groups)} WHERE group_id = ${group})`)
  }
  if (course !== undefined) {
    tests.push(sql`person.id IN (SELECT ${sql.ref(key)} FROM ${sql.table(courses)} WHERE course_id = ${course})`)
  }
  if (status !== undefined) tests.push(hasStatus(status, target))
  if (filter.q !== undefined) tests.push(...searchTests(filter.q))
  if (filter.import !== undefined) tests.push(touchedBy(filter.import, scope))
  if (filter.link === 'expired') tests.push(linkRanOut(target))
  return tests
}

/** Whether rows of this table can have the status. A list of active users does not read invitations. */
export function mayBe(status: UserStatus | undefined, { invited }: Target): boolean {
  if (status === undefined || status === 'disabled') return true
  return (status === 'invited') === invited
}

/** Tests `statusOf` with the conditions of the partial indexes. */
function hasStatus(status: UserStatus, target: Target): RawBuilder<boolean> {
  if (!mayBe(status, target)) return sql`false`
  if (status === 'disabled') return sql`NOT person.enabled`
  if (status === 'invited') return sql`person.enabled`
  return sql`person.enabled AND person.activated_at ${status === 'active' ? sql`IS NOT NULL` : sql`IS NULL`}`
}

/** The status, from the columns `enabled` and `activated_at`. An invitation has no `activated_at`. */
export function statusOf({ invited }: Target): RawBuilder<UserStatus> {
  const enabled = invited
    ? sql`'invited'`
    : sql`CASE WHEN person.activated_at IS NOT NULL THEN 'active' ELSE 'pending' END`
  return sql`CASE WHEN NOT person.enabled THEN 'disabled' ELSE ${enabled} END`
}
