import { sql } from 'kysely'
import type { Db, Trx } from '../core/database.ts'
import { holdsWords, type Page, type Scope } from '../core/page.ts'

const columns = ['id', 'name', 'company_id as company'] as const

function visible(db: Db | Trx, scope: Scope) {
  return db
    .selectFrom('cohorts')
    .select(columns)
    .$if(scope !== null, (query) => query.where('company_id', 'in', scope ?? []))
}

export function findCohort(db: Db | Trx, id: string, scope: Scope) {
  return visible(db, scope).where('id', '=', id).executeTakeFirst()
}

export interface CohortFilter {
  /** Words of the name. */
  q?: string | undefined
  name?: string | undefined
  company?: string | undefined
}

export function listCohorts(db: Db | Trx, scope: Scope, { name, company, q }: CohortFilter, page: Page) {
  let query = visible(db, scope)
  if (name !== undefined) query = query.where('name', '=', name)
  if (q !== undefined) query = query.where(holdsWords(sql.ref('name'), q))
  if (company !== undefined) query = query.where('company_id', '=', company)
  if (page.after !== null) query = query.where('id', '>', page.after)
  return query.orderBy('id').limit(page.limit).execute()
}

export function insertCohort(db: Db | Trx, { name, company }: { name: string; company: string }) {
  return db.insertInto('cohorts').values({ name, company_id: company }).returning(columns).executeTakeFirstOrThrow()
}

export function renameCohort(db: Db | Trx, id: string, name: string) {
  return db.updateTable('cohorts').set({ name }).where('id', '=', id).returning(columns).executeTakeFirst()
}

/** @throws the database's 23503 while a person is in it */
export async function deleteCohort(db: Db | Trx, id: string): Promise<void> {
  await db.deleteFrom('cohorts').where('id', '=', id).execute()
}
