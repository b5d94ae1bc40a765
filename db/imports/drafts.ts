import { sql, type Updateable } from 'kysely'
import { finalStatuses } from '../../domain/imports/states.ts'
import type { Db, Trx } from '../core/database.ts'
import type { Page } from '../core/page.ts'
import { inTransaction } from '../core/transaction.ts'
import { removeUnusedFile } from '../files/files.ts'
import type { DraftsTable } from '../tables/drafts.ts'
import type { ReadingChoices } from '../tables/imports.ts'

/** Days between the last change to a draft and its deletion. Its file is deleted with it. */
const KEPT_DAYS = 30

/** The owner of a draft: an API key or an administrator. The other is null. */
export interface DraftOwner {
  keyId: string | null
  accountId: string | null
}

const isOwn = ({ keyId, accountId }: DraftOwner) =>
  keyId === null ? sql<boolean>`d.account_id = ${accountId}` : sql<boolean>`d.api_key_id = ${keyId}`

/** True when the import of a draft was confirmed, so the draft is finished. A dry run does not finish it. */
const isOver = sql<boolean>`(i.confirmed_at IS NOT NULL AND i.status <> 'review')
  OR (i.status = 'completed' AND NOT (i.options->>'dryRun')::bool)`

export async function insertDraft(
  trx: Trx,
  { keyId, accountId }: DraftOwner,
  draft: { fileId: string; reading: ReadingChoices; template: string | null },
): Promise<string> {
  const { id } = await trx
    .insertInto('drafts')
    .values({
      file_id: draft.fileId,
      api_key_id: keyId,
      account_id: keyId === null ? accountId : null,
      template: draft.template,
      reading: JSON.stringify(draft.reading),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

function openDrafts(db: Db | Trx, owner: DraftOwner) {
  return db
    .selectFrom('drafts as d')
    .innerJoin('files as f', 'f.id', 'd.file_id')
    .leftJoin('imports as i', 'i.id', 'd.import_id')
    .select(['d.id', 'd.file_id as fileId', 'd.template', 'd.mapping', 'd.options', 'd.reading', 'd.records', 'd.step'])
    .select(['d.import_id as importId', 'd.updated_at as updatedAt', 'i.status as importStatus'])
    .select(['f.name', 'f.size', 'f.sha256'])
    .where(isOwn(owner))
    .where(sql<boolean>`coalesce(NOT (${isOver}), true)`)
}

export type DraftRecord = NonNullable<Awaited<ReturnType<typeof findDraft>>>

export function findDraft(db: Db | Trx, owner: DraftOwner, id: string) {
  return openDrafts(db, owner).where('d.id', '=', id).executeTakeFirst()
}

/** Newest first. */
export function listDrafts(db: Db | Trx, owner: DraftOwner, page: Page): Promise<DraftRecord[]> {
  return openDrafts(db, owner)
    .$if(page.after !== null, (query) => query.where('d.id', '<', page.after))
    .orderBy('d.id', 'desc')
    .limit(page.limit)
    .execute()
}

export async function updateDraft(db: Db | Trx, id: string, changes: Updateable<DraftsTable>): Promise<void> {
  await db
    .updateTable('drafts')
    .set({ ...changes, updated_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute()
}

/** Records how many rows a draft's file has, unless its reading choices have changed since. */
export async function noteRecords(db: Db, id: string, reading: ReadingChoices, records: number): Promise<void> {
  await db
    .updateTable('drafts')
    .set({ records })
    .where('id', '=', id)
    .where(sql<boolean>`reading = ${JSON.stringify(reading)}::jsonb`)
    .execute()
}

/** Records the import of a draft. @returns false when the draft is gone or has another import already */
export async function attachImport(
  trx: Trx,
  draft: { id: string; importId: string | null },
  importId: string,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('drafts')
    .set({ import_id: importId, step: 'check', updated_at: sql<Date>`now()` })
    .where('id', '=', draft.id)
    .where(sql<boolean>`import_id IS NOT DISTINCT FROM ${draft.importId}::uuid`)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Deletes a draft, and its file unless an import uses it. */
export function removeDraft(db: Db, id: string): Promise<void> {
  return inTransaction(db, async (trx) => {
    const gone = await trx.deleteFrom('drafts').where('id', '=', id).returning('file_id').executeTakeFirst()
    if (gone) await removeUnusedFile(trx, gone.file_id)
  })
}

/** Deletes drafts whose import was confirmed, and unused drafts without a change for a month. */
export async function sweepDrafts(db: Db, limit: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`SELECT d.id FROM drafts d LEFT JOIN imports i ON i.id = d.import_id
    WHERE (${isOver}) OR (d.updated_at < now() - ${KEPT_DAYS} * interval '1 day'
      AND (i.id IS NULL OR i.status IN (${sql.join(finalStatuses)})))
    ORDER BY d.id LIMIT ${limit}`.execute(db)
  for (const { id } of rows) await removeDraft(db, id)
  return rows.length
}
