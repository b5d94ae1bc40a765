import { type RawBuilder, sql } from 'kysely'
import type { UserStatus } from '../../../domain/imports/states.ts'
import type { Scope } from '../../core/page.ts'
import type { Target } from '../target.ts'
import { linkRanOut, searchTests, touchedBy } from './people-search.ts'

/** A field that is there must be equal. */
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
  /** Words that the address, the first or the last name begins with. */
  q?: string | undefined
  /** Id of an import that touched them; one that the asker may see. */
  import?: string | undefined
  /** Not active yet, and the last link that they were sent has run out. */
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

/** What somebody passes who fits the filter; the table of people is `p`. */
export function filterTests(filter: PersonFilter, target: Target, scope: Scope): RawBuilder<unknown>[] {
  const tests: RawBuilder<unknown>[] = []
  for (const field of Object.keys(filterColumns) as (keyof typeof filterColumns)[]) {
    const value = filter[field]
    if (value !== undefined) tests.push(sql`p.${sql.ref(filterColumns[field])} = ${value}`)
  }
  const { group, course, status } = filter
  const { groups, courses, key } = target
  if (group !== undefined) {
    tests.push(sql`p.id IN (SELECT ${sql.ref(key)} FROM ${sql.table(groups)} WHERE group_id = ${group})`)
  }
  if (course !== undefined) {
    tests.push(sql`p.id IN (SELECT ${sql.ref(key)} FROM ${sql.table(courses)} WHERE course_id = ${course})`)
  }
  if (status !== undefined) tests.push(hasStatus(status, target))
  if (filter.q !== undefined) tests.push(...searchTests(filter.q))
  if (filter.import !== undefined) tests.push(touchedBy(filter.import, scope))
  if (filter.link === 'expired') tests.push(linkRanOut(target))
  return tests
}

/** A list of users only need not look at invitations. */
export function mayBe(status: UserStatus | undefined, { invited }: Target): boolean {
  if (status === undefined || status === 'disabled') return true
  return (status === 'invited') === invited
}

/** `statusOf` compared, in the words of the indexes that hold those of each status. */
function hasStatus(status: UserStatus, target: Target): RawBuilder<boolean> {
  if (!mayBe(status, target)) return sql`false`
  if (status === 'disabled') return sql`NOT p.enabled`
  if (status === 'invited') return sql`p.enabled`
  return sql`p.enabled AND p.activated_at ${status === 'active' ? sql`IS NOT NULL` : sql`IS NULL`}`
}

/** What a person may do follows from two facts; an invitation is not active before it is a user. */
export function statusOf({ invited }: Target): RawBuilder<UserStatus> {
  const enabled = invited ? sql`'invited'` : sql`CASE WHEN p.activated_at IS NOT NULL THEN 'active' ELSE 'pending' END`
  return sql`CASE WHEN NOT p.enabled THEN 'disabled' ELSE ${enabled} END`
}
