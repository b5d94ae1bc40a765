import type { Generated } from 'kysely'

/** `platform`: everything. `companies`: those listed and nothing else. */
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
  /** The cookie carries it with an HMAC: whoever reads this table cannot make one. */
  token: string
  expires_at: Date
  ip_address: string | null
  user_agent: string | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

/** How somebody proves who they are: here always `credential`, a password. */
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

/** Sign-ins that wait for their second factor, and how often it was tried. */
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
  /** SHA-256 of the code that was taken last, and when: a code works once. */
  last_code: Buffer | null
  last_code_at: Date | null
}

/** `invitation`: the first password. `password`: a new one, for somebody who forgot theirs. */
export type AccountLinkKind = 'invitation' | 'password'

/** A link to a password, and the letter that brings it: the token derives from `id`, only its SHA-256 is kept. */
export interface ConsoleLinksTable {
  id: Generated<string>
  account_id: string
  kind: AccountLinkKind
  token_hash: Buffer
  expires_at: Date
  used_at: Date | null
  /** A newer link took its place, or the account was disabled. */
  ended_at: Date | null
  /** The letter was accepted by the mail server, or refused for good. */
  letter_closed_at: Date | null
  workflow_started_at: Date | null
  created_at: Generated<Date>
}
