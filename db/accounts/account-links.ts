import { type RawBuilder, sql } from 'kysely'
import { clock } from '../core/clock.ts'
import type { Db, Trx } from '../core/database.ts'
import type { AccountLinkKind } from '../tables/accounts.ts'

/** What a link opens, or why it does not. The first that is true counts. */
export type AccountLinkState = 'used' | 'ended' | 'expired' | 'live'

const state: RawBuilder<AccountLinkState> = sql`CASE
  WHEN link.used_at IS NOT NULL THEN 'used'
  WHEN link.ended_at IS NOT NULL OR account.disabled_at IS NOT NULL THEN 'ended'
  WHEN link.expires_at <= ${clock} THEN 'expired'
  ELSE 'live' END`

export interface NewLink {
  accountId: string
  kind: AccountLinkKind
  hours: number
  /** The SHA-256 of the token that belongs to a link's id. */
  tokenHash: (id: string) => Buffer
}

/**
 * Creates a link, which is also the e-mail that carries it, and ends the account's older links, by the database's clock.
 *
 * @returns its id, from which its token is derived
 */
export async function insertLink(trx: Trx, link: NewLink): Promise<{ id: string; expiresAt: Date }> {
  await lockAccount(trx, link.accountId)
  await endLinks(trx, link.accountId)
  const { rows } = await sql<{ id: string }>`SELECT uuidv7() AS id`.execute(trx)
  const id = rows[0]?.id ?? ''
  const { expires_at: expiresAt } = await trx
    .insertInto('console_links')
    .values({
      id,
      account_id: link.accountId,
      kind: link.kind,
      token_hash: link.tokenHash(id),
      expires_at: sql<Date>`now() + ${link.hours} * interval '1 hour'`,
    })
    .returning('expires_at')
    .executeTakeFirstOrThrow()
  return { id, expiresAt }
}

/** Locks the account, so that of several requests at once the later ones see the first one's link. */
export async function lockAccount(trx: Trx, accountId: string): Promise<void> {
  await sql`SELECT FROM console_accounts WHERE id = ${accountId} FOR NO KEY UPDATE`.execute(trx)
}

export async function endLinks(trx: Trx, accountId: string): Promise<void> {
  await trx
    .updateTable('console_links')
    .set({ ended_at: clock })
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .where('ended_at', 'is', null)
    .execute()
}

function links(db: Db | Trx) {
  return db
    .selectFrom('console_links as link')
    .innerJoin('console_accounts as account', 'account.id', 'link.account_id')
    .select([
      'link.id',
      'link.kind',
      'link.account_id as accountId',
      'link.expires_at as expiresAt',
      'link.created_at as createdAt',
    ])
    .select(['account.name', 'account.email', state.as('state')])
}

export type AccountLink = Awaited<ReturnType<typeof findAccountLink>> & {}

/** Finds a link by the SHA-256 of its token, without a lock. */
export function findAccountLink(db: Db | Trx, tokenHash: Buffer) {
  return links(db).where('link.token_hash', '=', tokenHash).executeTakeFirst()
}

/**
 * Marks a link as used. Locks its row, so that of several calls at once exactly one finds it live.
 *
 * @returns the state of the link before the call; `live`: this call used it
 */
export async function takeAccountLink(trx: Trx, tokenHash: Buffer): Promise<AccountLinkState | null> {
  await sql`SELECT FROM console_links WHERE token_hash = ${tokenHash} FOR UPDATE`.execute(trx)
  const found = await findAccountLink(trx, tokenHash)
  if (found?.state === 'live') {
    await trx.updateTable('console_links').set({ used_at: clock }).where('id', '=', found.id).execute()
  }
  return found?.state ?? null
}

/** True when an e-mail of this kind was requested within these minutes. Keeps an inbox from being flooded. */
export async function recentLink(trx: Trx, accountId: string, kind: AccountLinkKind, minutes: number) {
  const found = await trx
    .selectFrom('console_links')
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .where('created_at', '>', sql<Date>`now() - ${minutes} * interval '1 minute'`)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Finds the e-mail of a live link, unless it was sent or failed permanently. */
export function dueLetter(db: Db, linkId: string) {
  return links(db)
    .where('link.id', '=', linkId)
    .where('link.letter_closed_at', 'is', null)
    .where(state, '=', 'live')
    .executeTakeFirst()
}

/** Marks the e-mail of a link as sent or permanently failed. */
export async function closeLetter(db: Db, linkId: string): Promise<void> {
  await db
    .updateTable('console_links')
    .set({ letter_closed_at: clock })
    .where('id', '=', linkId)
    .where('letter_closed_at', 'is', null)
    .execute()
}

/** Links whose e-mail has no workflow, oldest first. A request starts its own right after its commit. */
export async function unstartedLetters(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('console_links')
    .where('workflow_started_at', 'is', null)
    .where('created_at', '<', sql<Date>`now() - interval '1 second'`)
    .select('id')
    .orderBy('created_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

export async function markLetterStarted(db: Db, linkId: string): Promise<void> {
  await db
    .updateTable('console_links')
    .set({ workflow_started_at: clock })
    .where('id', '=', linkId)
    .where('workflow_started_at', 'is', null)
    .execute()
}
