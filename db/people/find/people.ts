import { type RawBuilder, sql } from 'kysely'
import type { UserStatus } from '../../../domain/imports/states.ts'
import type { CustomValues } from '../../../domain/people/fields.ts'
import type { Db, Trx } from '../../core/database.ts'
import type { Page, Scope } from '../../core/page.ts'
import { groupsOf } from '../groups.ts'
import { invitations, type Target, users } from '../target.ts'
import { filterTests, mayBe, type PersonFilter, statusOf } from './people-filter.ts'

/** A person as the API returns it: a user, or an invitation that becomes a user of the same id. */
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
  /** When the first password was set. */
  activatedAt: Date | null
  courses: string[]
  invited: boolean
}

/** The tables to read. */
export type Kinds = readonly Target[]
export const everybody: Kinds = [users, invitations]

export async function findPerson(
  db: Db | Trx,
  id: string,
  scope: Scope,
  kinds: Kinds = everybody,
): Promise<PersonRecord | undefined> {
  const [found] = await read(db, kinds, { scope, test: sql`person.id = ${id}` }, 1)
  return found
}

/** Returns a page of people in the order of their ids, which is the order of creation (`uuidv7`). */
export async function listPeople(
  db: Db | Trx,
  scope: Scope,
  filter: PersonFilter,
  { after, limit, skip = 0 }: Page,
  kinds: Kinds = everybody,
): Promise<PersonRecord[]> {
  const possible = kinds.filter((target) => mayBe(filter.status, target))
  if (possible.length === 0) return []
  const wanted = { scope, filter, test: after === null ? sql`true` : sql`person.id > ${after}` }
  if (skip === 0) return read(db, possible, wanted, limit)
  // Reads only the ids of the skipped people.
  const first = await sql<{ id: string }>`
    ${both(possible, wanted, skip + 1, () => sql`person.id`)} OFFSET ${skip}`.execute(db)
  const [start] = first.rows
  return start ? read(db, possible, { scope, filter, test: sql`person.id >= ${start.id}` }, limit) : []
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
 * Reads users and invitations in one statement, so that a person who accepts at this moment is seen exactly once. Each
 * half reads only as far as the page, in the order of an index: 2 ms for fifty of 1,300,000 people.
 */
function both(kinds: Kinds, wanted: Wanted, limit: number, shown: Columns): RawBuilder<unknown> {
  const halves = kinds.map((target) => sql`(${half(target, wanted, limit, shown(target))})`)
  return sql`SELECT * FROM (${sql.join(halves, sql` UNION ALL `)}) people ORDER BY id LIMIT ${limit}`
}

function half(
  target: Target,
  { scope, test, filter = {} }: Wanted,
  limit: number,
  shown: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const tests = [test, ...filterTests(filter, target, scope)]
  const from = sql.table(target.people)
  // A search finds few people, so they are sorted, instead of scanning companies in order.
  if (scope === null || filter.company !== undefined || filter.q !== undefined || filter.import !== undefined) {
    if (scope !== null) tests.push(sql`person.company_id = ANY (${scope}::uuid[])`)
    return sql`SELECT ${shown} FROM ${from} person WHERE ${all(tests)} ORDER BY person.id LIMIT ${limit}`
  }
  // A page of each company in the order of its index: `= ANY` would sort all their people. Written as a range,
  // because with an equality the planner reads people of all companies in the order of ids: 190 ms for a small company.
  const own = [sql`person.company_id >= company.id AND person.company_id <= company.id`, ...tests]
  return sql`SELECT person.* FROM unnest(${scope}::uuid[]) AS company (id) CROSS JOIN LATERAL (
    SELECT ${shown} FROM ${from} person WHERE ${all(own)} ORDER BY person.company_id, person.id LIMIT ${limit}) person`
}

const all = (tests: RawBuilder<unknown>[]) => sql.join(tests, sql` AND `)

function columns(target: Target): RawBuilder<unknown> {
  const { courses, key, invited } = target
  return sql`person.id, person.email, person.first_name AS "firstName", person.last_name AS "lastName", person.company_id AS company,
    person.cohort_id AS cohort, ${groupsOf(target, sql`person.id`)} AS groups, person.language, person.job_role AS "jobRole", person.region,
    person.description, person.label, person.permission_set_id AS "permissionSet", person.custom, person.enabled, ${statusOf(target)} AS status,
    ${invited ? sql`NULL::timestamptz` : sql`person.activated_at`} AS "activatedAt",
    ARRAY(SELECT course_id FROM ${sql.table(courses)} enrolment WHERE enrolment.${sql.ref(key)} = person.id ORDER BY 1) AS courses,
    ${invited}::boolean AS invited`
}

/** Finds the person with an address in any company. Addresses are unique on the whole platform. */
export async function whoHasAddress(
  db: Db | Trx,
  emailKey: string,
): Promise<{ id: string; company: string | null } | undefined> {
  const { rows } = await sql<{ id: string; company: string | null }>`
    SELECT id, company_id AS company FROM people WHERE email_key = ${emailKey} LIMIT 1`.execute(db)
  return rows[0]
}
