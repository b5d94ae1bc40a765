import { sql } from 'kysely'
import {
  createTextChoice,
  type MailText,
  type TextKind,
  type TextPlace,
  type TextWanted,
} from '../../domain/emails/own-text.ts'
import { localeFor, type TextLanguage } from '../../domain/texts/index.ts'
import type { Db, Trx } from '../core/database.ts'
import type { Page, Scope } from '../core/page.ts'

const columns = [
  'id',
  'company_id as company',
  'kind',
  'language',
  'subject',
  'intro',
  'button',
  'updated_at as updatedAt',
  'updated_by as updatedBy',
] as const

/** Selects the texts of the companies in scope, and the texts for all companies. */
function visible(db: Db | Trx, scope: Scope) {
  return db
    .selectFrom('email_texts')
    .select(columns)
    .$if(scope !== null, (query) =>
      query.where(({ or, eb }) => or([eb('company_id', 'is', null), eb('company_id', 'in', scope ?? [])])),
    )
}

export function findEmailText(db: Db | Trx, id: string, scope: Scope) {
  return visible(db, scope).where('id', '=', id).executeTakeFirst()
}

export interface EmailTextFilter {
  /** null: texts for all companies. */
  company?: string | null | undefined
  kind?: TextKind | undefined
  language?: TextLanguage | undefined
}

export function listEmailTexts(db: Db | Trx, scope: Scope, { company, kind, language }: EmailTextFilter, page: Page) {
  let query = visible(db, scope)
  if (company === null) query = query.where('company_id', 'is', null)
  else if (company !== undefined) query = query.where('company_id', '=', company)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (language !== undefined) query = query.where('language', '=', language)
  if (page.after !== null) query = query.where('id', '>', page.after)
  return query.orderBy('id').limit(page.limit).execute()
}

export interface NewEmailText extends TextPlace, MailText {
  updatedBy: string
}

/** @throws the database's 23505 where there is one of this kind and language already */
export function insertEmailText(db: Db | Trx, { company, updatedBy, ...text }: NewEmailText) {
  return db
    .insertInto('email_texts')
    .values({ ...text, company_id: company, updated_by: updatedBy })
    .returning('id')
    .executeTakeFirstOrThrow()
}

export async function updateEmailText(
  db: Db | Trx,
  id: string,
  text: { [Field in keyof MailText]?: string | undefined },
  updatedBy: string,
): Promise<void> {
  await db
    .updateTable('email_texts')
    .set({ ...text, updated_at: sql<Date>`now()`, updated_by: updatedBy })
    .where('id', '=', id)
    .execute()
}

export async function deleteEmailText(db: Db | Trx, id: string): Promise<void> {
  await db.deleteFrom('email_texts').where('id', '=', id).execute()
}

/**
 * Reads the words for some e-mails, all with one question.
 *
 * @returns what chooses those of one e-mail; null: it has Muster's own
 */
export async function readTexts(db: Db | Trx, wanted: TextWanted[]) {
  const companies = [...new Set(wanted.flatMap(({ company }) => company ?? []))]
  const languages = [...new Set(wanted.map(({ language }) => localeFor(language).language))]
  const kinds = [...new Set(wanted.map(({ kind }) => kind))]
  const { rows } = await sql<TextPlace & MailText>`SELECT company_id AS company, kind, language, subject, intro, button
    FROM email_texts WHERE (company_id IS NULL OR company_id = ANY(${companies}::uuid[]))
      AND kind = ANY(${kinds}::text[]) AND language = ANY(${languages}::text[])`.execute(db)
  return createTextChoice(rows)
}
