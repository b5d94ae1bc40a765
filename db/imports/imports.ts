import { sql } from 'kysely'
import type { ImportOptions } from '../../domain/imports/options.ts'
import { type ImportStage, type ImportStatus, importStages } from '../../domain/imports/states.ts'
import type { Mapping } from '../../domain/people/fields.ts'
import type { Db, Trx } from '../core/database.ts'
import { holdsWords, type Page, type Scope } from '../core/page.ts'
import type { ReadingChoices } from '../tables/imports.ts'

export interface NewImport {
  fileId: string
  template: string
  reading: ReadingChoices
  /** Header by field; null when no columns were matched. */
  mapping: Mapping | null
  options: ImportOptions
  /** Argon2id hash of the default password, or null. */
  passwordHash: string | null
  scope: Scope
  /** The API key or the administrator that started it. The other is null. */
  apiKeyId: string | null
  accountId: string | null
  startedBy: string
  contact: string | null
  idempotencyKey: string | null
  fingerprint: Buffer
}

/** @returns the id of the new import, or null when the idempotency key is taken. Waits for a concurrent insert. */
export async function insertImport(db: Db | Trx, entry: NewImport): Promise<string | null> {
  const inserted = await db
    .insertInto('imports')
    .values({
      file_id: entry.fileId,
      template: entry.template,
      reading: JSON.stringify(entry.reading),
      mapping: entry.mapping && JSON.stringify(entry.mapping),
      password_hash: entry.passwordHash,
      options: JSON.stringify(entry.options),
      scope: entry.scope,
      api_key_id: entry.apiKeyId,
      account_id: entry.accountId,
      started_by: entry.startedBy,
      contact: entry.contact,
      idempotency_key: entry.idempotencyKey,
      fingerprint: entry.fingerprint,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted?.id ?? null
}

/** Finds the import that an API key or an administrator started with an idempotency key. */
export function findByIdempotencyKey(
  db: Db | Trx,
  { keyId, accountId }: { keyId: string | null; accountId: string | null },
  idempotencyKey: string,
) {
  return db
    .selectFrom('imports')
    .where(keyId === null ? 'account_id' : 'api_key_id', '=', keyId ?? accountId)
    .where('idempotency_key', '=', idempotencyKey)
    .select(['id', 'fingerprint'])
    .executeTakeFirst()
}

/** Selects imports within the scope, with their files. An import without a scope needs a caller without a scope. */
function visibleImports(db: Db | Trx, scope: Scope) {
  return db
    .selectFrom('imports as i')
    .innerJoin('files as f', 'f.id', 'i.file_id')
    .select([
      'i.id',
      'i.file_id',
      'i.parent_id',
      'i.status',
      'i.phase',
      'i.checks',
      'i.template',
      'i.mapping',
      'i.options',
      'i.detection',
      'i.fields',
      'i.records',
      'i.plan',
      'i.problem',
      'i.company_names',
      'i.started_by',
    ])
    .select(['i.created_at', 'i.started_at', 'i.finished_at', 'i.workflow_started_at', 'i.confirmed_at'])
    .select(['f.name', 'f.size', 'f.sha256'])
    .$if(scope !== null, (query) => query.where(sql<boolean>`i.scope <@ ${scope}::uuid[]`))
}

export type ImportRecord = NonNullable<Awaited<ReturnType<typeof findImport>>>

export function findImport(db: Db | Trx, id: string, scope: Scope) {
  return visibleImports(db, scope).where('i.id', '=', id).executeTakeFirst()
}

export interface ImportFilter {
  /** Any of these statuses. */
  status?: ImportStatus[] | undefined
  stage?: ImportStage | undefined
  template?: string | undefined
  /** Exact name of a company in the file. */
  company?: string | undefined
  /** Words in the name of the file. */
  q?: string | undefined
}

/** Lists imports, newest first. `after` is the id of the last import of the previous page. */
export function listImports(
  db: Db | Trx,
  scope: Scope,
  { status, stage, template, company, q }: ImportFilter,
  page: Page,
): Promise<ImportRecord[]> {
  let query = visibleImports(db, scope)
  if (status !== undefined) query = query.where('i.status', 'in', status)
  if (stage !== undefined) query = query.where('i.status', 'in', importStages[stage])
  if (template !== undefined) query = query.where('i.template', '=', template)
  if (company !== undefined) query = query.where(sql<boolean>`${company} = ANY (i.company_names)`)
  if (q !== undefined) query = query.where(holdsWords(sql.ref('f.name'), q))
  if (page.after !== null) query = query.where('i.id', '<', page.after)
  return query.orderBy('i.id', 'desc').limit(page.limit).execute()
}

/** Records that the import has a workflow. The dispatcher starts the others. */
export async function markWorkflowStarted(db: Db | Trx, id: string): Promise<void> {
  await db
    .updateTable('imports')
    .set({ workflow_started_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('workflow_started_at', 'is', null)
    .execute()
}
