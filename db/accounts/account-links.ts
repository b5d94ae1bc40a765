import { type RawBuilder, sql } from 'kysely'
import { clock } from '../core/clock.ts'
import type { Db, Trx } from '../core/database.ts'
import type { AccountLinkKind } from '../tables/accounts.ts'

/** Why a link opens what it opens; the first that is true counts. */
export type AccountLinkState = 'used' | 'ended' | 'expired' | 'live'

const state: RawBuilder<AccountLinkState> = sql`CASE
  WHEN l.used_at IS NOT NULL THEN 'used'
  WHEN l.ended_at IS NOT NULL OR a.disabled_at IS NOT NULL THEN 'ended'
  WHEN l.expires_at <= ${clock} THEN 'expired'
  ELSE 'live' END`

export interface NewLink {
  accountId: string
  kind: AccountLinkKind
  hours: number
  /** The SHA-256 of the token that belongs to a link's id. */
  tokenHash: (id: string) => Buffer
}

/**
 * Makes a link and with it the letter that brings it; the account's older ones end. The clock is the database's.
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

/** One link at a time is made for an account: of several requests at once, the others see the first one's. */
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
    .selectFrom('console_links as l')
    .innerJoin('console_accounts as a', 'a.id', 'l.account_id')
    .select(['l.id', 'l.kind', 'l.account_id as accountId', 'l.expires_at as expiresAt', 'l.created_at as createdAt'])
    .select(['a.name', 'a.email', state.as('state')])
}

export type AccountLink = Awaited<ReturnType<typeof findAccountLink>> & {}

/** Looks a link up by the SHA-256 of its token; changes nothing. */
export function findAccountLink(db: Db | Trx, tokenHash: Buffer) {
  return links(db).where('l.token_hash', '=', tokenHash).executeTakeFirst()
}

/**
 * Uses a link up. The row is locked, so that of many at once exactly one finds it live.
 *
 * @returns the state that it was found in: `live` means that it was this call that used it
 */
export async function takeAccountLink(trx: Trx, tokenHash: Buffer): Promise<AccountLinkState | null> {
  await sql`SELECT FROM console_links WHERE token_hash = ${tokenHash} FOR UPDATE`.execute(trx)
  const found = await findAccountLink(trx, tokenHash)
  if (found?.state === 'live') {
    await trx.updateTable('console_links').set({ used_at: clock }).where('id', '=', found.id).execute()
  }
  return found?.state ?? null
}

/** True when a letter of this kind was asked for within these minutes: an inbox is not to be flooded. */
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

/** The letter of a link that is still good for something, and was neither sent nor refused for good. */
export function dueLetter(db: Db, linkId: string) {
  return links(db)
    .where('l.id', '=', linkId)
    .where('l.letter_closed_at', 'is', null)
    .where(state, '=', 'live')
    .executeTakeFirst()
}

/** Notes that a letter needs no further try. */
export async function closeLetter(db: Db, linkId: string): Promise<void> {
  await db
    .updateTable('console_links')
    .set({ letter_closed_at: clock })
    .where('id', '=', linkId)
    .where('letter_closed_at', 'is', null)
    .execute()
}

/** Links whose letter has no workflow yet, oldest first; a request starts its own right after its commit. */
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
