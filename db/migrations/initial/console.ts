/** Accounts of the console. */
export const consoleTables: string[] = [
  // The console's administrators. The first five tables belong to better-auth, under our names. It needs a default for
  // each column that it does not write. The default of role fails the check below.
  `CREATE TABLE console_accounts (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    name text NOT NULL,
    email text NOT NULL UNIQUE,
    email_verified boolean NOT NULL DEFAULT false,
    image text,
    role text NOT NULL DEFAULT 'companies' CHECK (role IN ('platform', 'companies')),
    companies uuid[] CHECK (cardinality(companies) > 0),
    two_factor_enabled boolean NOT NULL DEFAULT false,
    disabled_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((role = 'platform') = (companies IS NULL))
  )`,
  `CREATE TABLE console_sessions (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    account_id uuid NOT NULL REFERENCES console_accounts ON DELETE CASCADE,
    token text NOT NULL UNIQUE,
    expires_at timestamptz NOT NULL,
    ip_address text,
    user_agent text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  'CREATE INDEX console_sessions_account ON console_sessions (account_id)',
  'CREATE INDEX console_sessions_expiry ON console_sessions (expires_at)',
  `CREATE TABLE console_credentials (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    account_id uuid NOT NULL REFERENCES console_accounts ON DELETE CASCADE,
    provider_id text NOT NULL,
    provider_account_id text NOT NULL,
    password text,
    access_token text,
    refresh_token text,
    id_token text,
    access_token_expires_at timestamptz,
    refresh_token_expires_at timestamptz,
    scope text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, provider_id)
  )`,
  `CREATE TABLE console_verifications (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    identifier text NOT NULL,
    value text NOT NULL,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  'CREATE INDEX console_verifications_identifier ON console_verifications (identifier)',
  `CREATE TABLE console_two_factors (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    account_id uuid NOT NULL UNIQUE REFERENCES console_accounts ON DELETE CASCADE,
    secret text NOT NULL,
    backup_codes text NOT NULL,
    verified boolean NOT NULL DEFAULT false,
    failed_verification_count integer NOT NULL DEFAULT 0,
    locked_until timestamptz,
    last_code bytea,
    last_code_at timestamptz
  )`,
  // A link and its e-mail are one row. Its token is derived from its id, and so always the same.
  `CREATE TABLE console_links (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    account_id uuid NOT NULL REFERENCES console_accounts ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('invitation', 'password')),
    token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    ended_at timestamptz,
    letter_closed_at timestamptz,
    workflow_started_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  'CREATE INDEX console_links_account ON console_links (account_id)',
  'CREATE INDEX console_links_unstarted ON console_links (created_at) WHERE workflow_started_at IS NULL',
]
