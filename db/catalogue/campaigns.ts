import { sql } from 'kysely'
import type { Db, Trx } from '../core/database.ts'
import { holdsWords, type Page, type Scope } from '../core/page.ts'
import { coursesOf, setCoursesOf } from './course-sets.ts'

export type Campaign = NonNullable<Awaited<ReturnType<typeof findCampaign>>>

function visible(db: Db | Trx, scope: Scope) {
  return db
    .selectFrom('campaigns')
    .select(['id', 'name', 'starts_at as startsAt', 'ends_at as endsAt', coursesOf('campaigns', scope).as('courses')])
}

export function findCampaign(db: Db | Trx, id: string, scope: Scope) {
  return visible(db, scope).where('id', '=', id).executeTakeFirst()
}

/** Each given field must be equal. */
export interface CampaignFilter {
  /** Words of the name. */
  q?: string | undefined
  name?: string | undefined
  startsAt?: Date | undefined
  endsAt?: Date | undefined
}

export function listCampaigns(db: Db | Trx, scope: Scope, { name, q, startsAt, endsAt }: CampaignFilter, page: Page) {
  let query = visible(db, scope)
  if (name !== undefined) query = query.where('name', '=', name)
  if (q !== undefined) query = query.where(holdsWords(sql.ref('name'), q))
  if (startsAt !== undefined) query = query.where('starts_at', '=', startsAt)
  if (endsAt !== undefined) query = query.where('ends_at', '=', endsAt)
  if (page.after !== null) query = query.where('id', '>', page.after)
  return query.orderBy('id').limit(page.limit).execute()
}

export interface NewCampaign {
  name: string
  courses: string[]
  startsAt: Date
  endsAt: Date
}

/** @throws the database's 23514 unless it ends after it starts */
export async function insertCampaign(trx: Trx, { courses, ...campaign }: NewCampaign): Promise<{ id: string }> {
  const { name, startsAt, endsAt } = campaign
  const made = await trx
    .insertInto('campaigns')
    .values({ name, starts_at: startsAt, ends_at: endsAt })
    .returning('id')
    .executeTakeFirstOrThrow()
  await setCoursesOf(trx, 'campaigns', made.id, courses)
  return made
}

/** Locks the campaign until the transaction ends, and returns its times. */
export function lockCampaign(trx: Trx, id: string) {
  return trx
    .selectFrom('campaigns')
    .where('id', '=', id)
    .select(['starts_at as startsAt', 'ends_at as endsAt'])
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** Writes the given fields. The others keep their values. @throws the database's 23514 unless it ends after it starts */
export async function updateCampaign(
  trx: Trx,
  id: string,
  change: { [Field in keyof NewCampaign]?: NewCampaign[Field] | undefined },
): Promise<void> {
  const { name, startsAt, endsAt, courses } = change
  const values = Object.entries({ name, starts_at: startsAt, ends_at: endsAt }).filter(
    ([, value]) => value !== undefined,
  )
  if (values.length > 0) {
    await trx.updateTable('campaigns').set(Object.fromEntries(values)).where('id', '=', id).execute()
  }
  if (courses !== undefined) await setCoursesOf(trx, 'campaigns', id, courses)
}

/** Users that it enrolled stay enrolled, with a reason that no longer exists. */
export async function deleteCampaign(db: Db | Trx, id: string): Promise<void> {
  await db.deleteFrom('campaigns').where('id', '=', id).execute()
}
