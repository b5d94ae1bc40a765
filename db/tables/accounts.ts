import type { Generated } from 'kysely'

/** `platform`: all companies. `companies`: only the listed ones. */
export type AccountRole = 'platform' | 'companies'

/** An administrator of the console. Invited until there is a password in `console_credentials`. */
export interface ConsoleAccountsTable {
  id: Generated<string>
  name: string
  /** In canonical form (domain/people/email.ts). */
  email: string
  email_verified: Generated<boolean>
  image: string | null
  role: AccountRole
  /** null: the whole platform. */
  companies: string[] | null
  two_factor_enabled: Generated<boolean>
  disabled_at: Date | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

export interface ConsoleSessionsTable {
  id: Generated<string>
  account_id: string
  /** The cookie carries it with an HMAC, so a reader of this table cannot forge a cookie. */
  token: string
  expires_at: Date
  ip_address: string | null
  user_agent: string | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

/** How an administrator signs in. Here always `credential`, a password. */
export interface ConsoleCredentialsTable {
  id: Generated<string>
  account_id: string
  provider_id: string
  provider_account_id: string
  /** Argon2id; security/password.ts reads its form. */
  password: string | null
  access_token: string | null
  refresh_token: string | null
  id_token: string | null
  access_token_expires_at: Date | null
  refresh_token_expires_at: Date | null
  scope: string | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

/** Sign-ins that wait for a second factor, with the number of attempts. */
export interface ConsoleVerificationsTable {
  id: Generated<string>
  identifier: string
  value: string
  expires_at: Date
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

/** Secret and backup codes are encrypted with a key that is derived from MUSTER_SECRET. */
export interface ConsoleTwoFactorsTable {
  id: Generated<string>
  account_id: string
  secret: string
  backup_codes: string
  verified: Generated<boolean>
  failed_verification_count: Generated<number>
  locked_until: Date | null
  /** SHA-256 and time of the last accepted code, because a code works once. */
  last_code: Buffer | null
  last_code_at: Date | null
}

/** `invitation`: to set the first password. `password`: to replace a forgotten one. */
export type AccountLinkKind = 'invitation' | 'password'

/** A link that sets a password, and its e-mail. The token derives from `id`. Only its SHA-256 is stored. */
export interface ConsoleLinksTable {
  id: Generated<string>
  account_id: string
  kind: AccountLinkKind
  token_hash: Buffer
  expires_at: Date
  used_at: Date | null
  /** A newer link replaced it, or the account was disabled. */
  ended_at: Date | null
  /** The e-mail was sent, or failed permanently. */
  letter_closed_at: Date | null
  workflow_started_at: Date | null
  created_at: Generated<Date>
}
