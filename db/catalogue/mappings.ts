import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { parentOf } from '../../domain/imports/repair.ts'
import type { Mapping } from '../../domain/people/fields.ts'
import type { Db, Trx } from '../core/database.ts'
import type { Page, Scope } from '../core/page.ts'

/** Most mappings that are offered for one file. An administrator looks at the first few. */
const MAX_OFFERED = 20

export interface NewMapping {
  companyId: string
  template: string
  /** The file's headers; a reason column among them is ignored. */
  headers: readonly string[]
  mapping: Mapping
  createdBy: string
}

const columns = [
  'id',
  'company_id as company',
  'template',
  'headers',
  'mapping',
  'created_by as createdBy',
  'created_at as createdAt',
  'updated_at as updatedAt',
] as const

function visible(db: Db | Trx, scope: Scope) {
  return db
    .selectFrom('mappings')
    .select(columns)
    .$if(scope !== null, (query) => query.where('company_id', 'in', scope ?? []))
}

/** Headers without the reason column, which Muster adds to an errors file (domain/imports/repair.ts). */
function ownHeaders(headers: readonly string[]): string[] {
  return headers.filter((header) => parentOf(header) === null)
}

/**
 * Equal for two files with the same headers in any order, because a mapping names headers, not positions. JSON keeps two
 * headers apart from one that looks like both.
 */
export function headerKey(headers: readonly string[]): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(ownHeaders(headers).sort()))
    .digest()
}

export function findMapping(db: Db | Trx, id: string, scope: Scope) {
  return visible(db, scope).where('id', '=', id).executeTakeFirst()
}

/**
 * Finds mappings that were saved for files with these headers, newest first, up to a limit. A custom field may have been
 * deleted since, so the caller checks each mapping (domain/people/mapping.ts).
 *
 * @param template null: any template
 * @param company null: any company in the scope
 */
export function findMappings(
  db: Db | Trx,
  scope: Scope,
  template: string | null,
  headers: readonly string[],
  company: string | null,
) {
  let query = visible(db, scope).where('header_key', '=', headerKey(headers))
  if (template !== null) query = query.where('template', '=', template)
  if (company !== null) query = query.where('company_id', '=', company)
  return query.orderBy('updated_at', 'desc').orderBy('id', 'desc').limit(MAX_OFFERED).execute()
}

export interface MappingFilter {
  company?: string | undefined
  template?: string | undefined
}

export function listMappings(db: Db | Trx, scope: Scope, { company, template }: MappingFilter, page: Page) {
  let query = visible(db, scope)
  if (company !== undefined) query = query.where('company_id', '=', company)
  if (template !== undefined) query = query.where('template', '=', template)
  if (page.after !== null) query = query.where('id', '>', page.after)
  return query.orderBy('id').limit(page.limit).execute()
}

/**
 * Saves a mapping for the next file with the same headers, and replaces the company's earlier one. The caller has
 * validated it (domain/people/mapping.ts).
 *
 * @returns the mapping's id, and whether another one was replaced
 */
export function saveMapping(db: Db | Trx, entry: NewMapping): Promise<{ id: string; replaced: boolean }> {
  const headers = ownHeaders(entry.headers)
  const mapping = JSON.stringify(entry.mapping)
  return db
    .insertInto('mappings')
    .values({
      company_id: entry.companyId,
      template: entry.template,
      headers,
      header_key: headerKey(headers),
      mapping,
      created_by: entry.createdBy,
    })
    .onConflict((conflict) =>
      conflict.columns(['company_id', 'template', 'header_key']).doUpdateSet({
        headers,
        mapping,
        created_by: entry.createdBy,
        updated_at: sql<Date>`now()`,
      }),
    )
    .returning(['id', sql<boolean>`old.id IS NOT NULL`.as('replaced')])
    .executeTakeFirstOrThrow()
}

export async function deleteMapping(db: Db | Trx, id: string): Promise<void> {
  await db.deleteFrom('mappings').where('id', '=', id).execute()
}
