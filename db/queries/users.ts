import { type Insertable, sql, type Updateable } from 'kysely'
import type { UserStatus } from '../../domain/status.ts'
import type { Db, Trx } from '../database.ts'
import type { UsersTable } from '../tables/users.ts'
import type { Page, Scope } from './page.ts'

/** Derived, never stored: what a person may do follows from two facts. */
const status = sql<UserStatus>`CASE WHEN NOT users.enabled THEN 'disabled'
  WHEN users.activated_at IS NOT NULL THEN 'active' ELSE 'pending' END`

function visible(db: Db | Trx, scope: Scope) {
  return db
    .selectFrom('users')
    .select(['id', 'email', 'first_name', 'last_name', 'company_id', 'cohort_id', 'language', 'job_role'])
    .select(['region', 'description', 'label', 'enabled', status.as('status')])
    .select([
      sql<string[]>`ARRAY(SELECT g.group_id::text FROM user_groups g
        WHERE g.user_id = users.id ORDER BY g.group_id)`.as('groups'),
      sql<string[]>`ARRAY(SELECT e.course_id::text FROM enrolments e
        WHERE e.user_id = users.id ORDER BY e.course_id)`.as('courses'),
    ])
    .$if(scope !== null, (query) => query.where('company_id', 'in', scope ?? []))
}

export type UserRecord = NonNullable<Awaited<ReturnType<typeof findUser>>>

export function findUser(db: Db | Trx, id: string, scope: Scope) {
  return visible(db, scope).where('id', '=', id).executeTakeFirst()
}

/** A field that is there must be equal. */
export interface UserFilter {
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
  label?: string | undefined
  enabled?: boolean | undefined
  status?: UserStatus | undefined
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
  label: 'label',
  enabled: 'enabled',
} as const

export function listUsers(db: Db | Trx, scope: Scope, filter: UserFilter, page: Page) {
  let query = visible(db, scope)
  for (const field of Object.keys(filterColumns) as (keyof typeof filterColumns)[]) {
    const value = filter[field]
    if (value !== undefined) query = query.where(filterColumns[field], '=', value)
  }
  const { group, course } = filter
  if (group !== undefined) {
    query = query.where('id', 'in', (eb) =>
      eb.selectFrom('user_groups').where('group_id', '=', group).select('user_id'),
    )
  }
  if (course !== undefined) {
    query = query.where('id', 'in', (eb) =>
      eb.selectFrom('enrolments').where('course_id', '=', course).select('user_id'),
    )
  }
  if (filter.status !== undefined) query = query.where(status, '=', filter.status)
  if (page.after !== null) query = query.where('id', '>', page.after)
  return query.orderBy('id').limit(page.limit).execute()
}

export async function insertUser(trx: Trx, user: Insertable<UsersTable>): Promise<string> {
  const { id } = await trx.insertInto('users').values(user).returning('id').executeTakeFirstOrThrow()
  return id
}

/** Locks the user, so that two changes at once are one after the other. */
export async function lockUser(trx: Trx, id: string): Promise<void> {
  await trx.selectFrom('users').where('id', '=', id).select('id').forNoKeyUpdate().execute()
}

export async function updateUser(trx: Trx, id: string, values: Updateable<UsersTable>): Promise<void> {
  await trx
    .updateTable('users')
    .set({ ...values, updated_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute()
}

/** Makes these, and no other, groups those of the user. */
export async function setGroups(trx: Trx, userId: string, groups: string[]): Promise<void> {
  await trx
    .deleteFrom('user_groups')
    .where('user_id', '=', userId)
    .$if(groups.length > 0, (query) => query.where('group_id', 'not in', groups))
    .execute()
  if (groups.length === 0) return
  await trx
    .insertInto('user_groups')
    .values(groups.map((group) => ({ user_id: userId, group_id: group })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Makes these, and no other, courses those that the user is enrolled in. */
export async function setCourses(trx: Trx, userId: string, courses: string[]): Promise<void> {
  await trx
    .deleteFrom('enrolments')
    .where('user_id', '=', userId)
    .$if(courses.length > 0, (query) => query.where('course_id', 'not in', courses))
    .execute()
  if (courses.length === 0) return
  await trx
    .insertInto('enrolments')
    .values(courses.map((course) => ({ user_id: userId, course_id: course })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
