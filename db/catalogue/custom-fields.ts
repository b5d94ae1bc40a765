import { sql } from 'kysely'
import type { CustomField, CustomFieldType } from '../../domain/people/fields.ts'
import type { Db, Trx } from '../core/database.ts'
import { holdsWords, type Page } from '../core/page.ts'

const columns = ['id', 'key', 'label', 'type', 'choices'] as const

export function findCustomField(db: Db | Trx, id: string) {
  return db.selectFrom('custom_fields').select(columns).where('id', '=', id).executeTakeFirst()
}

export interface CustomFieldFilter {
  key?: string | undefined
  label?: string | undefined
  type?: CustomFieldType | undefined
  /** Words of label or key. */
  q?: string | undefined
}

export function listCustomFields(db: Db | Trx, { key, label, type, q }: CustomFieldFilter, page: Page) {
  let query = db.selectFrom('custom_fields').select(columns)
  if (key !== undefined) query = query.where('key', '=', key)
  if (label !== undefined) query = query.where('label', '=', label)
  if (type !== undefined) query = query.where('type', '=', type)
  if (q !== undefined) query = query.where(holdsWords(sql`label || ' ' || key`, q))
  if (page.after !== null) query = query.where('id', '>', page.after)
  return query.orderBy('id').limit(page.limit).execute()
}

/** Every field that an administrator has defined, in the order of creation. */
export function allCustomFields(db: Db | Trx): Promise<CustomField[]> {
  return db.selectFrom('custom_fields').select(['key', 'label', 'type', 'choices']).orderBy('id').execute()
}

export function insertCustomField(db: Db | Trx, { key, label, type, choices }: CustomField) {
  return db
    .insertInto('custom_fields')
    .values({ key, label, type, choices: [...choices] })
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** Locks the field, so that two concurrent changes run one after the other. */
export function lockCustomField(trx: Trx, id: string) {
  return trx.selectFrom('custom_fields').select(columns).where('id', '=', id).forUpdate().executeTakeFirst()
}

/** Writes the given fields. Key and type never change, because stored values depend on both. */
export async function updateCustomField(
  trx: Trx,
  id: string,
  { label, choices }: { label?: string | undefined; choices?: string[] | undefined },
): Promise<void> {
  if (label !== undefined) await trx.updateTable('custom_fields').set({ label }).where('id', '=', id).execute()
  if (choices !== undefined) await trx.updateTable('custom_fields').set({ choices }).where('id', '=', id).execute()
}

/** Deletes the field, and its column in every saved mapping. Later imports ignore that column. */
export async function deleteCustomField(trx: Trx, id: string, key: string): Promise<void> {
  const name = `custom.${key}`
  await sql`UPDATE mappings SET mapping = mapping - ${name}::text, updated_at = now()
    WHERE jsonb_exists(mapping, ${name})`.execute(trx)
  await trx.deleteFrom('custom_fields').where('id', '=', id).execute()
}

/** Whether a user or an invitation has a value of the field. Without one, this reads all of them. */
export async function hasValues(db: Db | Trx, key: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    SELECT EXISTS (SELECT FROM users WHERE jsonb_exists(custom, ${key}))
        OR EXISTS (SELECT FROM invitations WHERE jsonb_exists(custom, ${key})) AS found`.execute(db)
  return rows[0]?.found ?? false
}

/** Returns the `choices` that users or invitations have. */
export async function choicesInUse(db: Db | Trx, key: string, choices: string[]): Promise<string[]> {
  if (choices.length === 0) return []
  const { rows } = await sql<{ choice: string }>`
    SELECT choice FROM unnest(${choices}::text[]) AS choice WHERE choice IN (
      SELECT custom ->> ${key} FROM users UNION ALL SELECT custom ->> ${key} FROM invitations)`.execute(db)
  return rows.map(({ choice }) => choice)
}

/** Whether an unfinished import will write values of the field. */
export async function isBeingImported(db: Db | Trx, key: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    SELECT EXISTS (SELECT FROM imports
      WHERE finished_at IS NULL AND jsonb_exists(mapping, ${`custom.${key}`})) AS found`.execute(db)
  return rows[0]?.found ?? false
}
