import { type RawBuilder, sql } from 'kysely'
import type { UserStatus } from '../../../domain/imports/states.ts'
import type { CustomValues } from '../../../domain/people/fields.ts'
import type { Db, Trx } from '../../core/database.ts'
import type { Page, Scope } from '../../core/page.ts'
import { groupsOf } from '../groups.ts'
import { invitations, type Target, users } from '../target.ts'
import { filterTests, mayBe, type PersonFilter, statusOf } from './people-filter.ts'

/** A person as the API tells one: a user, or an invitation that becomes a user of the same id. */
export interface PersonRecord {
  id: string
  email: string
  firstName: string
  lastName: string | null
  company: string | null
  cohort: string | null
  groups: string[]
  language: string
  jobRole: string | null
  region: string | null
  description: string | null
  label: string | null
  permissionSet: string | null
  custom: CustomValues
  enabled: boolean
  /** Derived, never stored. */
  status: UserStatus
  /** When they came to a first password. */
  activatedAt: Date | null
  courses: string[]
  invited: boolean
}

/** Which people are looked at. */
export type Kinds = readonly Target[]
export const everybody: Kinds = [users, invitations]

export async function findPerson(
  db: Db | Trx,
  id: string,
  scope: Scope,
  kinds: Kinds = everybody,
): Promise<PersonRecord | undefined> {
  const [found] = await read(db, kinds, { scope, test: sql`p.id = ${id}` }, 1)
  return found
}

/** A page of people in the order of their ids, which is the order of creation (`uuidv7`). */
export async function listPeople(
  db: Db | Trx,
  scope: Scope,
  filter: PersonFilter,
  { after, limit, skip = 0 }: Page,
  kinds: Kinds = everybody,
): Promise<PersonRecord[]> {
  const possible = kinds.filter((target) => mayBe(filter.status, target))
  if (possible.length === 0) return []
  const wanted = { scope, filter, test: after === null ? sql`true` : sql`p.id > ${after}` }
  if (skip === 0) return read(db, possible, wanted, limit)
  // Of those who are left out, nothing is looked at but the id.
  const first = await sql<{ id: string }>`
    ${both(possible, wanted, skip + 1, () => sql`p.id`)} OFFSET ${skip}`.execute(db)
  const [start] = first.rows
  return start ? read(db, possible, { scope, filter, test: sql`p.id >= ${start.id}` }, limit) : []
}

interface Wanted {
  scope: Scope
  test: RawBuilder<unknown>
  filter?: PersonFilter
}

async function read(db: Db | Trx, kinds: Kinds, wanted: Wanted, limit: number): Promise<PersonRecord[]> {
  const { rows } = await sql<PersonRecord>`${both(kinds, wanted, limit, columns)}`.execute(db)
  return rows
}

type Columns = (target: Target) => RawBuilder<unknown>

/**
 * Both kinds in one statement, so that whoever accepts just now is seen exactly once. Each half reads no further than
 * the page, in the order of an index: 2 ms for fifty of 1,300,000 people.
 */
function both(kinds: Kinds, wanted: Wanted, limit: number, shown: Columns): RawBuilder<unknown> {
  const halves = kinds.map((target) => sql`(${half(target, wanted, limit, shown(target))})`)
  return sql`SELECT * FROM (${sql.join(halves, sql` UNION ALL `)}) x ORDER BY id LIMIT ${limit}`
}

function half(
  target: Target,
  { scope, test, filter = {} }: Wanted,
  limit: number,
  shown: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const tests = [test, ...filterTests(filter, target, scope)]
  const from = sql.table(target.people)
  // What the search finds is few: it is sorted, instead of walking through companies to find it.
  if (scope === null || filter.company !== undefined || filter.q !== undefined || filter.import !== undefined) {
    if (scope !== null) tests.push(sql`p.company_id = ANY (${scope}::uuid[])`)
    return sql`SELECT ${shown} FROM ${from} p WHERE ${all(tests)} ORDER BY p.id LIMIT ${limit}`
  }
  // A page of each company in the order of its index: `= ANY` would sort everybody in all of them. Written as a range,
  // because for an equality the planner reads people of all companies in the order of ids: 190 ms for a small company.
  const own = [sql`p.company_id >= c.id AND p.company_id <= c.id`, ...tests]
  return sql`SELECT p.* FROM unnest(${scope}::uuid[]) AS c(id) CROSS JOIN LATERAL (
    SELECT ${shown} FROM ${from} p WHERE ${all(own)} ORDER BY p.company_id, p.id LIMIT ${limit}) p`
}

const all = (tests: RawBuilder<unknown>[]) => sql.join(tests, sql` AND `)

function columns(target: Target): RawBuilder<unknown> {
  const { courses, key, invited } = target
  return sql`p.id, p.email, p.first_name AS "firstName", p.last_name AS "lastName", p.company_id AS company,
    p.cohort_id AS cohort, ${groupsOf(target, sql`p.id`)} AS groups, p.language, p.job_role AS "jobRole", p.region,
    p.description, p.label, p.permission_set_id AS "permissionSet", p.custom, p.enabled, ${statusOf(target)} AS status,
    ${invited ? sql`NULL::timestamptz` : sql`p.activated_at`} AS "activatedAt",
    ARRAY(SELECT e.course_id FROM ${sql.table(courses)} e WHERE e.${sql.ref(key)} = p.id ORDER BY 1) AS courses,
    ${invited}::boolean AS invited`
}

/** Who has an address, wherever they belong: addresses are unique on the whole platform. */
export async function whoHasAddress(
  db: Db | Trx,
  emailKey: string,
): Promise<{ id: string; company: string | null } | undefined> {
  const { rows } = await sql<{ id: string; company: string | null }>`
    SELECT id, company_id AS company FROM people WHERE email_key = ${emailKey} LIMIT 1`.execute(db)
  return rows[0]
}
