import { type Kysely, type Migration, sql } from 'kysely'
import { importHistory } from './import-history.ts'

/**
 * The whole model. Constraints carry the invariants: one user per canonical address, one outcome per row, states
 * from closed lists. Foreign keys stand wherever a row lives on its own; the tables that one import writes by the
 * million (`import_rows`, `outcomes`, `import_matches`) do without, because each key costs about 6 s per million
 * rows and their rows only ever come from one statement that has just read the other side.
 */
export const initial: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}

const statements = [
  `CREATE TABLE companies (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    name text NOT NULL UNIQUE CHECK (name <> ''),
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE courses (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    title text NOT NULL CHECK (title <> ''),
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE company_courses (
    company_id uuid NOT NULL REFERENCES companies ON DELETE CASCADE,
    course_id uuid NOT NULL REFERENCES courses ON DELETE CASCADE,
    PRIMARY KEY (company_id, course_id)
  )`,
  'CREATE INDEX company_courses_course ON company_courses (course_id)',
  `CREATE TABLE cohorts (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    company_id uuid NOT NULL REFERENCES companies,
    name text NOT NULL CHECK (name <> ''),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (company_id, name),
    UNIQUE (company_id, id)
  )`,
  `CREATE TABLE groups (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    name text NOT NULL UNIQUE CHECK (name <> ''),
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE permission_sets (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    name text NOT NULL UNIQUE CHECK (name <> ''),
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE custom_fields (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    key text NOT NULL UNIQUE CHECK (key ~ '^[a-z][A-Za-z0-9_]{0,62}$'),
    label text NOT NULL CHECK (label <> ''),
    type text NOT NULL CHECK (type IN ('text', 'number', 'date', 'choice')),
    choices text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((type = 'choice') = (cardinality(choices) > 0))
  )`,
  `CREATE TABLE collections (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    name text NOT NULL UNIQUE CHECK (name <> ''),
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE collection_courses (
    collection_id uuid NOT NULL REFERENCES collections ON DELETE CASCADE,
    course_id uuid NOT NULL REFERENCES courses ON DELETE CASCADE,
    PRIMARY KEY (collection_id, course_id)
  )`,
  `CREATE TABLE campaigns (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    name text NOT NULL UNIQUE CHECK (name <> ''),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE campaign_courses (
    campaign_id uuid NOT NULL REFERENCES campaigns ON DELETE CASCADE,
    course_id uuid NOT NULL REFERENCES courses ON DELETE CASCADE,
    PRIMARY KEY (campaign_id, course_id)
  )`,

  `CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    email text NOT NULL,
    email_key text NOT NULL CHECK (email_key = lower(email_key) AND email_key !~ '\\s'),
    first_name text NOT NULL,
    last_name text,
    company_id uuid REFERENCES companies,
    cohort_id uuid CHECK (cohort_id IS NULL OR company_id IS NOT NULL),
    language text NOT NULL,
    job_role text,
    region text,
    description text,
    label text,
    permission_set_id uuid REFERENCES permission_sets,
    custom jsonb NOT NULL DEFAULT '{}',
    enabled boolean NOT NULL,
    must_change_password boolean NOT NULL DEFAULT false,
    password_hash text,
    activated_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (company_id, cohort_id) REFERENCES cohorts (company_id, id)
  )`,
  'CREATE INDEX users_company ON users (company_id, id)',
  `CREATE TABLE user_groups (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    group_id uuid NOT NULL REFERENCES groups,
    PRIMARY KEY (user_id, group_id)
  )`,
  // Why a person was enrolled (import, collection, campaign) is a note, not a key: checking it would cost a third more.
  `CREATE TABLE enrolments (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    course_id uuid NOT NULL REFERENCES courses,
    import_id uuid,
    collection_id uuid,
    campaign_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, course_id)
  )`,

  // Who was invited and has no account yet: everything that the account will get. The account takes over the id.
  `CREATE TABLE invitations (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    email text NOT NULL,
    email_key text NOT NULL CHECK (email_key = lower(email_key) AND email_key !~ '\\s'),
    first_name text NOT NULL,
    last_name text,
    company_id uuid REFERENCES companies,
    cohort_id uuid CHECK (cohort_id IS NULL OR company_id IS NOT NULL),
    language text NOT NULL,
    job_role text,
    region text,
    description text,
    label text,
    permission_set_id uuid REFERENCES permission_sets,
    custom jsonb NOT NULL DEFAULT '{}',
    enabled boolean NOT NULL,
    import_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (company_id, cohort_id) REFERENCES cohorts (company_id, id)
  )`,
  'CREATE INDEX invitations_company ON invitations (company_id, id)',
  `CREATE TABLE invitation_groups (
    invitation_id uuid NOT NULL REFERENCES invitations ON DELETE CASCADE,
    group_id uuid NOT NULL REFERENCES groups,
    PRIMARY KEY (invitation_id, group_id)
  )`,
  `CREATE TABLE invitation_courses (
    invitation_id uuid NOT NULL REFERENCES invitations ON DELETE CASCADE,
    course_id uuid NOT NULL REFERENCES courses,
    import_id uuid,
    collection_id uuid,
    campaign_id uuid,
    PRIMARY KEY (invitation_id, course_id)
  )`,
  // Everybody who has an address here, with or without an account: a person is one of the two, never both.
  `CREATE VIEW people AS
    SELECT id, email, email_key, first_name, last_name, company_id, language, enabled, activated_at, false AS invited
      FROM users
    UNION ALL
    SELECT id, email, email_key, first_name, last_name, company_id, language, enabled, NULL, true FROM invitations`,
  // "This title means that course", for a company from now on, or for one import only.
  `CREATE TABLE title_aliases (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    company_id uuid NOT NULL REFERENCES companies ON DELETE CASCADE,
    title text NOT NULL CHECK (title <> ''),
    title_key text NOT NULL,
    course_id uuid NOT NULL REFERENCES courses ON DELETE CASCADE,
    import_id uuid,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE NULLS NOT DISTINCT (company_id, title_key, import_id)
  )`,
  // Which column is which field, kept for the next file with the same headers.
  `CREATE TABLE mappings (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    company_id uuid NOT NULL REFERENCES companies ON DELETE CASCADE,
    template text NOT NULL,
    headers text[] NOT NULL,
    header_key bytea NOT NULL CHECK (octet_length(header_key) = 32),
    mapping jsonb NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (company_id, template, header_key)
  )`,

  `CREATE TABLE api_keys (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    name text NOT NULL,
    prefix text NOT NULL,
    hash bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    companies uuid[],
    contact text,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    revoked_at timestamptz
  )`,

  `CREATE TABLE files (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    state text NOT NULL DEFAULT 'uploading' CHECK (state IN ('uploading', 'stored')),
    name text NOT NULL,
    size bigint NOT NULL DEFAULT 0,
    sha256 bytea CHECK (octet_length(sha256) = 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (state = 'uploading' OR sha256 IS NOT NULL)
  )`,
  'CREATE INDEX files_sha256 ON files (sha256)',
  `CREATE TABLE file_chunks (
    file_id uuid NOT NULL REFERENCES files ON DELETE CASCADE,
    seq integer NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (file_id, seq)
  )`,
  // Stored as they are: a megabyte is read back in one piece, and workbooks are compressed already.
  'ALTER TABLE file_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL',

  `CREATE TABLE imports (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    file_id uuid NOT NULL REFERENCES files,
    parent_id uuid REFERENCES imports,
    status text NOT NULL DEFAULT 'received' CHECK (status IN ('received', 'parsing', 'validating', 'review',
      'applying', 'notifying', 'paused', 'completed', 'rejected', 'cancelled', 'failed')),
    phase text NOT NULL DEFAULT 'receive' CHECK (phase IN ('receive', 'parse', 'validate', 'review', 'apply',
      'notify', 'done')),
    template text NOT NULL,
    options jsonb NOT NULL,
    scope uuid[],
    company_names text[] NOT NULL DEFAULT '{}',
    api_key_id uuid REFERENCES api_keys,
    started_by text NOT NULL,
    contact text,
    idempotency_key text,
    fingerprint bytea NOT NULL,
    reading jsonb NOT NULL DEFAULT '{}',
    mapping jsonb,
    password_hash text,
    detection jsonb,
    fields text[] NOT NULL DEFAULT '{}',
    checks integer NOT NULL DEFAULT 1,
    records integer,
    plan jsonb,
    problem jsonb,
    confirmed_at timestamptz,
    cancel_requested_at timestamptz,
    workflow_started_at timestamptz,
    report_sent_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (api_key_id, idempotency_key)
  )`,
  'CREATE INDEX imports_file ON imports (file_id)',
  `CREATE INDEX imports_cancelling ON imports (cancel_requested_at)
    WHERE cancel_requested_at IS NOT NULL AND finished_at IS NULL`,
  'CREATE INDEX imports_unstarted ON imports (created_at) WHERE workflow_started_at IS NULL',

  `CREATE TABLE import_rows (
    import_id uuid NOT NULL,
    row_no integer NOT NULL CHECK (row_no > 1),
    email text,
    email_key text,
    first_name text,
    last_name text,
    company_ref integer,
    cohort_ref integer,
    language text,
    job_role text,
    region text,
    description text,
    label text,
    custom jsonb,
    enabled boolean,
    titles integer[],
    groups integer[],
    errors jsonb,
    PRIMARY KEY (import_id, row_no)
  )`,
  // Distinct names of a file: a million rows name a few companies and some hundred titles. Resolved once each.
  `CREATE TABLE import_refs (
    import_id uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
    ref integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('company', 'cohort', 'title', 'group')),
    name text NOT NULL,
    company_ref integer,
    resolved_id uuid,
    row_count integer NOT NULL,
    first_rows integer[] NOT NULL,
    PRIMARY KEY (import_id, ref)
  )`,
  // Rows whose person was there when the plan was frozen, and what apply does with them. All others are new. `seen`
  // stands for the person's values then, where somebody reviews the plan: what has changed since must not be applied.
  `CREATE TABLE import_matches (
    import_id uuid NOT NULL,
    row_no integer NOT NULL,
    user_id uuid NOT NULL,
    action text NOT NULL CHECK (action IN ('update', 'skip')),
    invited boolean NOT NULL DEFAULT false,
    seen uuid,
    PRIMARY KEY (import_id, row_no)
  )`,
  // Courses for everybody in the file (option `enrol`), as they were when the plan was frozen.
  `CREATE TABLE import_courses (
    import_id uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
    course_id uuid NOT NULL,
    collection_id uuid,
    campaign_id uuid,
    PRIMARY KEY (import_id, course_id)
  )`,
  `CREATE TABLE outcomes (
    import_id uuid NOT NULL,
    row_no integer NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('created', 'invited', 'updated', 'skipped')),
    user_id uuid,
    before jsonb,
    PRIMARY KEY (import_id, row_no)
  )`,
  // Counted by the transaction that did the work, so that progress and totals never depend on who was killed.
  `CREATE TABLE import_batches (
    import_id uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
    first_row integer NOT NULL,
    last_row integer NOT NULL,
    created integer NOT NULL DEFAULT 0,
    invited integer NOT NULL DEFAULT 0,
    updated integer NOT NULL DEFAULT 0,
    skipped integer NOT NULL DEFAULT 0,
    assignments integer NOT NULL DEFAULT 0,
    invalid integer NOT NULL DEFAULT 0,
    emails integer NOT NULL DEFAULT 0,
    finished_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (import_id, first_row)
  )`,

  // A mailing is what one workflow delivers: an import's e-mails (its id is the import's), or those of one request.
  `CREATE TABLE mailings (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    requested_by text NOT NULL,
    workflow_started_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  'CREATE INDEX mailings_unstarted ON mailings (created_at) WHERE workflow_started_at IS NULL',
  // `person_id` is a user or an invitation (view people): the id outlives the acceptance, no foreign key could.
  `CREATE TABLE outbox (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    mailing_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL DEFAULT 'activation' CHECK (kind IN ('activation', 'password', 'welcome')),
    deliver_to text,
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'superseded')),
    message text,
    attempt integer NOT NULL DEFAULT 0,
    ambiguous integer NOT NULL DEFAULT 0,
    lease_until timestamptz,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    first_attempt_at timestamptz,
    sent_at timestamptz,
    error jsonb,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX outbox_open ON outbox (mailing_id, next_attempt_at) WHERE state IN ('queued', 'sending')`,
  'CREATE INDEX outbox_person ON outbox (person_id)',
  // A mailing's e-mails, whatever became of them: reports count them, the sweep of its links walks them in order.
  'CREATE INDEX outbox_mailing ON outbox (mailing_id, id)',
  // The id of a link is the id of the e-mail that carries it: the token is derived from it, again and again the same.
  `CREATE TABLE activation_links (
    id uuid PRIMARY KEY REFERENCES outbox ON DELETE CASCADE,
    person_id uuid NOT NULL,
    token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    issued_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    ended_at timestamptz,
    expired_at timestamptz
  )`,
  `CREATE UNIQUE INDEX activation_links_live ON activation_links (person_id)
    WHERE used_at IS NULL AND ended_at IS NULL AND expired_at IS NULL`,
  // The console's administrators. The first five tables are better-auth's, by names of our own. It wants a default for
  // whatever it does not write: this one fails the check below.
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
  // A link is the letter that brings it, too: the token is derived from its id, again and again the same.
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
  `ALTER TABLE imports ADD account_id uuid REFERENCES console_accounts ON DELETE SET NULL,
    ADD UNIQUE (account_id, idempotency_key)`,
  'CREATE INDEX imports_account ON imports (account_id) WHERE account_id IS NOT NULL',
  // An import that is being put together: a stored file and what was chosen so far, for whoever began it and nobody else.
  // The one password for all is never among the options.
  `CREATE TABLE drafts (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    file_id uuid NOT NULL REFERENCES files,
    api_key_id uuid REFERENCES api_keys ON DELETE CASCADE,
    account_id uuid REFERENCES console_accounts ON DELETE CASCADE,
    template text,
    mapping jsonb,
    options jsonb NOT NULL DEFAULT '{}',
    reading jsonb NOT NULL DEFAULT '{}',
    step text NOT NULL DEFAULT 'file',
    import_id uuid REFERENCES imports ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (num_nonnulls(api_key_id, account_id) = 1)
  )`,
  'CREATE INDEX drafts_file ON drafts (file_id)',
  'CREATE INDEX drafts_key ON drafts (api_key_id) WHERE api_key_id IS NOT NULL',
  'CREATE INDEX drafts_account ON drafts (account_id) WHERE account_id IS NOT NULL',
  'CREATE INDEX drafts_import ON drafts (import_id) WHERE import_id IS NOT NULL',
  // People are searched for while somebody types: words that an address or a name begins with.
  ...['users', 'invitations'].flatMap((table) => [
    // Unique, and of use to a search by the beginning: a second index of a million addresses would double its cost.
    `CREATE UNIQUE INDEX ${table}_email_key_key ON ${table} (email_key text_pattern_ops)`,
    `CREATE INDEX ${table}_first_name ON ${table} (lower(first_name) text_pattern_ops)`,
    `CREATE INDEX ${table}_last_name ON ${table} (lower(last_name) text_pattern_ops)`,
  ]),
  // What became of a person in which imports. New people have new ids, so that it grows at its end.
  'CREATE INDEX outcomes_user ON outcomes (user_id, import_id) WHERE user_id IS NOT NULL',
  `CREATE INDEX outbox_failed ON outbox (mailing_id, id) WHERE state = 'failed'`,
  `CREATE INDEX activation_links_expired ON activation_links (person_id)
    WHERE expired_at IS NOT NULL AND used_at IS NULL AND ended_at IS NULL`,
  ...importHistory,
]
