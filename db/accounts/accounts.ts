import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Trx } from '../core/database.ts'
import type { Page } from '../core/page.ts'
import type { AccountRole } from '../tables/accounts.ts'

/** better-auth's name for sign-in by password. */
const BY_PASSWORD = 'credential'

const hasPassword = sql<boolean>`EXISTS (SELECT FROM console_credentials credential
  WHERE credential.account_id = console_accounts.id AND credential.password IS NOT NULL)`

function accounts(db: Db | Trx) {
  return db
    .selectFrom('console_accounts')
    .select([
      'id',
      'name',
      'email',
      'role',
      'companies',
      'two_factor_enabled as secondFactor',
      'disabled_at as disabledAt',
      'created_at as createdAt',
    ])
    .select(hasPassword.as('active'))
}

export type Account = Awaited<ReturnType<typeof findAccount>> & {}

export function findAccount(db: Db | Trx, id: string) {
  return accounts(db).where('id', '=', id).executeTakeFirst()
}

export function findAccountByEmail(db: Db | Trx, email: string) {
  return accounts(db).where('email', '=', email).executeTakeFirst()
}

export function listAccounts(db: Db | Trx, page: Page) {
  return accounts(db)
    .$if(page.after !== null, (query) => query.where('id', '>', page.after))
    .orderBy('id')
    .limit(page.limit)
    .execute()
}

/** False for a disabled or deleted account. */
export async function mayHaveSession(db: Db | Trx, id: string): Promise<boolean> {
  const account = await findAccount(db, id)
  return account !== undefined && account.disabledAt === null
}

export interface NewAccount {
  name: string
  /** Canonical form (domain/people/email.ts). */
  email: string
  role: AccountRole
  companies: string[] | null
}

/** @throws the database's unique violation when the address has an account */
export async function insertAccount(trx: Trx, account: NewAccount): Promise<string> {
  const { id } = await trx.insertInto('console_accounts').values(account).returning('id').executeTakeFirstOrThrow()
  return id
}

/** Sets or replaces the password that an account signs in with. */
export async function setPassword(trx: Trx, accountId: string, passwordHash: string): Promise<void> {
  await trx
    .insertInto('console_credentials')
    .values({
      account_id: accountId,
      provider_id: BY_PASSWORD,
      provider_account_id: accountId,
      password: passwordHash,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'provider_id'])
        .doUpdateSet({ password: passwordHash, updated_at: sql<Date>`now()` }),
    )
    .execute()
}

/**
 * Creates the first account of an installation, an administrator of the platform. Does nothing if an account exists.
 *
 * @returns whether this call created it
 */
export async function insertFirstAccount(trx: Trx, account: NewAccount, passwordHash: string): Promise<boolean> {
  // Two processes that start at once must not both see the table empty.
  await sql`LOCK TABLE console_accounts IN SHARE ROW EXCLUSIVE MODE`.execute(trx)
  if (await anyAccount(trx)) return false
  const id = await insertAccount(trx, account)
  await setPassword(trx, id, passwordHash)
  return true
}

export async function anyAccount(db: Db | Trx): Promise<boolean> {
  return (await db.selectFrom('console_accounts').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** Locks every administrator of the platform, so that no two changes at once remove the last one. */
export async function lockAdministrators(trx: Trx): Promise<void> {
  await sql`SELECT FROM console_accounts WHERE role = 'platform' ORDER BY id FOR UPDATE`.execute(trx)
}

/** Counts the other administrators of the platform who can sign in. */
export async function otherAdministrators(trx: Trx, id: string): Promise<number> {
  const others = await accounts(trx)
    .where('role', '=', 'platform')
    .where('disabled_at', 'is', null)
    .where(hasPassword)
    .where('id', '!=', id)
    .execute()
  return others.length
}

export interface AccountChange {
  name?: string
  role?: AccountRole
  companies?: string[] | null
  disabled?: boolean
}

export async function updateAccount(trx: Db | Trx, id: string, { disabled, ...values }: AccountChange): Promise<void> {
  const disabledAt = disabled ? sql<Date>`coalesce(disabled_at, now())` : null
  await trx
    .updateTable('console_accounts')
    .set({ ...values, ...(disabled === undefined ? {} : { disabled_at: disabledAt }), updated_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute()
}

/** Imports of the account stay, with the name of its administrator. */
export async function deleteAccount(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('console_accounts').where('id', '=', id).execute()
}

/** Ends all sessions of an account, and its sign-ins that wait for a second factor. */
export async function endSessions(trx: Db | Trx, accountId: string): Promise<void> {
  await trx.deleteFrom('console_sessions').where('account_id', '=', accountId).execute()
  await trx.deleteFrom('console_verifications').where('value', '=', accountId).execute()
}

export async function removeSecondFactor(trx: Trx, accountId: string): Promise<void> {
  await trx.deleteFrom('console_two_factors').where('account_id', '=', accountId).execute()
  await trx.updateTable('console_accounts').set({ two_factor_enabled: false }).where('id', '=', accountId).execute()
}

/**
 * Marks an authenticator's code as used. A code is valid for a minute and a half, and must not work twice in that time
 * (ASVS 5.0, 6.5.1).
 *
 * @returns false when it was used before
 */
export async function takeCode(db: Db, accountId: string, code: string): Promise<boolean> {
  const codeHash = createHash('sha256').update(code).digest()
  const { numUpdatedRows } = await db
    .updateTable('console_two_factors')
    .set({ last_code: codeHash, last_code_at: sql<Date>`now()` })
    .where('account_id', '=', accountId)
    .where(({ or, eb }) =>
      or([
        eb('last_code', 'is', null),
        eb('last_code', '!=', codeHash),
        eb('last_code_at', '<', sql<Date>`now() - interval '3 minutes'`),
      ]),
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Ends the session with this token. */
export async function deleteSession(db: Db, token: string): Promise<void> {
  await db.deleteFrom('console_sessions').where('token', '=', token).execute()
}

/** Deletes expired sessions and expired sign-ins that wait for a second factor. */
export async function sweepSessions(db: Db): Promise<void> {
  await db.deleteFrom('console_sessions').where('expires_at', '<', sql<Date>`now()`).execute()
  await db.deleteFrom('console_verifications').where('expires_at', '<', sql<Date>`now()`).execute()
}
