-- Muster 0.1.0, written by write-release.ts. Do not edit.
create table if not exists "kysely_migration" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null);
create table if not exists "kysely_migration_lock" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null);
CREATE TABLE companies (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    name text NOT NULL UNIQUE CHECK (name <> ''),
    created_at timestamptz NOT NULL DEFAULT now()
  );
CREATE TABLE courses (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    title text NOT NULL CHECK (title <> ''),
    created_at timestamptz NOT NULL DEFAULT now()
  );
CREATE TABLE company_courses (
    company_id uuid NOT NULL REFERENCES companies ON DELETE CASCADE,
    course_id uuid NOT NULL REFERENCES courses ON DELETE CASCADE,
    PRIMARY KEY (company_id, course_id)
  );
CREATE INDEX company_courses_course ON company_courses (course_id);
CREATE TABLE cohorts (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    company_id uuid NOT NULL REFERENCES companies,
    name text NOT NULL CHECK (name <> ''),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (company_id, name),
    UNIQUE (company_id, id)
  );
CREATE TABLE groups (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    name text NOT NULL UNIQUE CHECK (name <> ''),
    created_at timestamptz NOT NULL DEFAULT now()
  );
CREATE TABLE permission_sets (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    name text NOT NULL UNIQUE CHECK (name <> ''),
    created_at timestamptz NOT NULL DEFAULT now()
  );
CREATE TABLE custom_fields (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    key text NOT NULL UNIQUE CHECK (key ~ '^[a-z][A-Za-z0-9_]{0,62}$'),
    label text NOT NULL CHECK (label <> ''),
    type text NOT NULL CHECK (type IN ('text', 'number', 'date', 'choice')),
    choices text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((type = 'choice') = (cardinality(choices) > 0))
  );
CREATE TABLE collections (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    name text NOT NULL UNIQUE CHECK (name <> ''),
    created_at timestamptz NOT NULL DEFAULT now()
  );
CREATE TABLE collection_courses (
    collection_id uuid NOT NULL REFERENCES collections ON DELETE CASCADE,
    course_id uuid NOT NULL REFERENCES courses ON DELETE CASCADE,
    PRIMARY KEY (collection_id, course_id)
  );
CREATE TABLE campaigns (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    name text NOT NULL UNIQUE CHECK (name <> ''),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
    created_at timestamptz NOT NULL DEFAULT now()
  );
CREATE TABLE campaign_courses (
    campaign_id uuid NOT NULL REFERENCES campaigns ON DELETE CASCADE,
    course_id uuid NOT NULL REFERENCES courses ON DELETE CASCADE,
    PRIMARY KEY (campaign_id, course_id)
  );
CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    email text NOT NULL,
    email_key text NOT NULL CHECK (email_key = lower(email_key) AND email_key !~ '\s'),
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
  );
CREATE INDEX users_company ON users (company_id, id);
CREATE UNIQUE INDEX users_email_key_key ON users (email_key text_pattern_ops);
CREATE INDEX users_first_name ON users (lower(first_name) text_pattern_ops);
CREATE INDEX users_last_name ON users (lower(last_name) text_pattern_ops);
CREATE INDEX users_active ON users (id) WHERE enabled AND activated_at IS NOT NULL;
CREATE INDEX users_pending ON users (id) WHERE enabled AND activated_at IS NULL;
CREATE INDEX users_disabled ON users (id) WHERE NOT enabled;
CREATE TABLE user_groups (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    group_id uuid NOT NULL REFERENCES groups,
    PRIMARY KEY (user_id, group_id)
  );
CREATE TABLE enrolments (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    course_id uuid NOT NULL REFERENCES courses,
    import_id uuid,
    collection_id uuid,
    campaign_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, course_id)
  );
CREATE TABLE invitations (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    email text NOT NULL,
    email_key text NOT NULL CHECK (email_key = lower(email_key) AND email_key !~ '\s'),
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
  );
CREATE INDEX invitations_company ON invitations (company_id, id);
CREATE UNIQUE INDEX invitations_email_key_key ON invitations (email_key text_pattern_ops);
CREATE INDEX invitations_first_name ON invitations (lower(first_name) text_pattern_ops);
CREATE INDEX invitations_last_name ON invitations (lower(last_name) text_pattern_ops);
CREATE TABLE invitation_groups (
    invitation_id uuid NOT NULL REFERENCES invitations ON DELETE CASCADE,
    group_id uuid NOT NULL REFERENCES groups,
    PRIMARY KEY (invitation_id, group_id)
  );
CREATE TABLE invitation_courses (
    invitation_id uuid NOT NULL REFERENCES invitations ON DELETE CASCADE,
    course_id uuid NOT NULL REFERENCES courses,
    import_id uuid,
    collection_id uuid,
    campaign_id uuid,
    PRIMARY KEY (invitation_id, course_id)
  );
CREATE VIEW people AS
    SELECT id, email, email_key, first_name, last_name, company_id, language, enabled, activated_at, false AS invited
      FROM users
    UNION ALL
    SELECT id, email, email_key, first_name, last_name, company_id, language, enabled, NULL, true FROM invitations;
CREATE TABLE title_aliases (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    company_id uuid NOT NULL REFERENCES companies ON DELETE CASCADE,
    title text NOT NULL CHECK (title <> ''),
    title_key text NOT NULL,
    course_id uuid NOT NULL REFERENCES courses ON DELETE CASCADE,
    import_id uuid,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE NULLS NOT DISTINCT (company_id, title_key, import_id)
  );
CREATE TABLE mappings (
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
  );
CREATE TABLE api_keys (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    name text NOT NULL,
    prefix text NOT NULL,
    hash bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    companies uuid[],
    contact text,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    revoked_at timestamptz
  );
CREATE TABLE files (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    state text NOT NULL DEFAULT 'uploading' CHECK (state IN ('uploading', 'stored')),
    name text NOT NULL,
    size bigint NOT NULL DEFAULT 0,
    sha256 bytea CHECK (octet_length(sha256) = 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (state = 'uploading' OR sha256 IS NOT NULL)
  );
CREATE INDEX files_sha256 ON files (sha256);
CREATE TABLE file_chunks (
    file_id uuid NOT NULL REFERENCES files ON DELETE CASCADE,
    seq integer NOT NULL,
    bytes bytea STORAGE EXTERNAL NOT NULL,
    PRIMARY KEY (file_id, seq)
  );
CREATE TABLE console_accounts (
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
  );
CREATE TABLE console_sessions (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    account_id uuid NOT NULL REFERENCES console_accounts ON DELETE CASCADE,
    token text NOT NULL UNIQUE,
    expires_at timestamptz NOT NULL,
    ip_address text,
    user_agent text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );
CREATE INDEX console_sessions_account ON console_sessions (account_id);
CREATE INDEX console_sessions_expiry ON console_sessions (expires_at);
CREATE TABLE console_credentials (
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
  );
CREATE TABLE console_verifications (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    identifier text NOT NULL,
    value text NOT NULL,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );
CREATE INDEX console_verifications_identifier ON console_verifications (identifier);
CREATE TABLE console_two_factors (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    account_id uuid NOT NULL UNIQUE REFERENCES console_accounts ON DELETE CASCADE,
    secret text NOT NULL,
    backup_codes text NOT NULL,
    verified boolean NOT NULL DEFAULT false,
    failed_verification_count integer NOT NULL DEFAULT 0,
    locked_until timestamptz,
    last_code bytea,
    last_code_at timestamptz
  );
CREATE TABLE console_links (
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
  );
CREATE INDEX console_links_account ON console_links (account_id);
CREATE INDEX console_links_unstarted ON console_links (created_at) WHERE workflow_started_at IS NULL;
CREATE TABLE imports (
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
    account_id uuid REFERENCES console_accounts ON DELETE SET NULL,
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
    decision jsonb NOT NULL DEFAULT '{}',
    confirmed_at timestamptz,
    cancel_requested_at timestamptz,
    workflow_started_at timestamptz,
    report_sent_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (api_key_id, idempotency_key),
    UNIQUE (account_id, idempotency_key)
  );
CREATE INDEX imports_file ON imports (file_id);
CREATE INDEX imports_account ON imports (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX imports_cancelling ON imports (cancel_requested_at)
    WHERE cancel_requested_at IS NOT NULL AND finished_at IS NULL;
CREATE INDEX imports_unstarted ON imports (created_at) WHERE workflow_started_at IS NULL;
CREATE TABLE drafts (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    file_id uuid NOT NULL REFERENCES files,
    api_key_id uuid REFERENCES api_keys ON DELETE CASCADE,
    account_id uuid REFERENCES console_accounts ON DELETE CASCADE,
    template text,
    mapping jsonb,
    options jsonb NOT NULL DEFAULT '{}',
    reading jsonb NOT NULL DEFAULT '{}',
    records integer,
    step text NOT NULL DEFAULT 'file',
    import_id uuid REFERENCES imports ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (num_nonnulls(api_key_id, account_id) = 1)
  );
CREATE INDEX drafts_file ON drafts (file_id);
CREATE INDEX drafts_key ON drafts (api_key_id) WHERE api_key_id IS NOT NULL;
CREATE INDEX drafts_account ON drafts (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX drafts_import ON drafts (import_id) WHERE import_id IS NOT NULL;
CREATE TABLE import_history (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    import_id uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    what text NOT NULL CHECK (what IN ('received', 'read', 'checked', 'confirmed', 'applied', 'emails-done', 'paused',
      'resumed', 'taught', 'checked-again', 'completed', 'rejected', 'cancelled', 'failed')),
    by text,
    detail jsonb
  );
CREATE INDEX import_history_import ON import_history (import_id, id);
CREATE FUNCTION tell_import() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    reason jsonb := jsonb_build_object('code', NEW.problem->'code', 'title', NEW.problem->'title');
  BEGIN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO import_history (import_id, what, by) VALUES (NEW.id, 'received', NEW.started_by);
      RETURN NULL;
    END IF;
    IF NEW.checks > OLD.checks THEN
      INSERT INTO import_history (import_id, what, by) VALUES (NEW.id, 'checked-again', NEW.decision->>'revalidate');
      RETURN NULL;
    END IF;
    IF OLD.status = 'paused' AND NEW.status IN ('received', 'parsing', 'validating', 'review', 'applying', 'notifying')
    THEN
      INSERT INTO import_history (import_id, what, by) VALUES (NEW.id, 'resumed', NEW.decision->>'resume');
    END IF;
    IF OLD.phase IN ('receive', 'parse') AND NEW.phase = 'validate' AND NEW.records IS NOT NULL
      AND OLD.records IS NULL THEN
      INSERT INTO import_history (import_id, what, detail)
      VALUES (NEW.id, 'read', jsonb_build_object('records', NEW.records));
    END IF;
    IF NEW.plan IS NOT NULL AND OLD.plan IS NULL AND NEW.status <> 'rejected' THEN
      INSERT INTO import_history (import_id, what, detail)
      VALUES (NEW.id, 'checked', jsonb_build_object('plan', NEW.plan));
    END IF;
    IF OLD.status = 'review' AND NEW.status = 'applying' THEN
      INSERT INTO import_history (import_id, what, by) VALUES (NEW.id, 'confirmed', NEW.decision->>'confirm');
    END IF;
    IF OLD.phase = 'apply' AND NEW.phase IN ('notify', 'done') AND NEW.status IN ('notifying', 'completed') THEN
      INSERT INTO import_history (import_id, what) VALUES (NEW.id, 'applied');
    END IF;
    IF OLD.phase = 'notify' AND NEW.status = 'completed' AND (NEW.plan->>'emails')::int > 0 THEN
      INSERT INTO import_history (import_id, what) VALUES (NEW.id, 'emails-done');
    END IF;
    IF NEW.status = OLD.status THEN
      RETURN NULL;
    ELSIF NEW.status IN ('paused', 'rejected', 'failed') THEN
      INSERT INTO import_history (import_id, what, detail) VALUES (NEW.id, NEW.status, reason);
    ELSIF NEW.status = 'cancelled' THEN
      INSERT INTO import_history (import_id, what, by) VALUES (NEW.id, 'cancelled', NEW.decision->>'cancel');
    ELSIF NEW.status = 'completed' THEN
      INSERT INTO import_history (import_id, what) VALUES (NEW.id, 'completed');
    END IF;
    RETURN NULL;
  END $$;
CREATE TRIGGER import_told AFTER INSERT OR UPDATE ON imports FOR EACH ROW EXECUTE FUNCTION tell_import();
CREATE TABLE import_rows (
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
  );
CREATE TABLE import_refs (
    import_id uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
    ref integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('company', 'cohort', 'title', 'group')),
    name text NOT NULL,
    company_ref integer,
    resolved_id uuid,
    row_count integer NOT NULL,
    first_rows integer[] NOT NULL,
    PRIMARY KEY (import_id, ref)
  );
CREATE TABLE import_matches (
    import_id uuid NOT NULL,
    row_no integer NOT NULL,
    user_id uuid NOT NULL,
    action text NOT NULL CHECK (action IN ('update', 'skip')),
    invited boolean NOT NULL DEFAULT false,
    seen uuid,
    PRIMARY KEY (import_id, row_no)
  );
CREATE TABLE import_courses (
    import_id uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
    course_id uuid NOT NULL,
    collection_id uuid,
    campaign_id uuid,
    PRIMARY KEY (import_id, course_id)
  );
CREATE TABLE outcomes (
    import_id uuid NOT NULL,
    row_no integer NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('created', 'invited', 'updated', 'skipped')),
    user_id uuid,
    before jsonb,
    PRIMARY KEY (import_id, row_no)
  );
CREATE INDEX outcomes_user ON outcomes (user_id, import_id) WHERE user_id IS NOT NULL;
CREATE TABLE import_batches (
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
  );
CREATE TABLE mailings (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    requested_by text NOT NULL,
    workflow_started_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
  );
CREATE INDEX mailings_unstarted ON mailings (created_at) WHERE workflow_started_at IS NULL;
CREATE TABLE outbox (
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
  );
CREATE INDEX outbox_open ON outbox (mailing_id, next_attempt_at) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_person ON outbox (person_id);
CREATE INDEX outbox_mailing ON outbox (mailing_id, id);
CREATE INDEX outbox_failed ON outbox (mailing_id, id) WHERE state = 'failed';
CREATE TABLE activation_links (
    id uuid PRIMARY KEY REFERENCES outbox ON DELETE CASCADE,
    person_id uuid NOT NULL,
    token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    issued_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    ended_at timestamptz,
    expired_at timestamptz
  );
CREATE UNIQUE INDEX activation_links_live ON activation_links (person_id)
    WHERE used_at IS NULL AND ended_at IS NULL AND expired_at IS NULL;
CREATE INDEX activation_links_expired ON activation_links (person_id)
    WHERE expired_at IS NOT NULL AND used_at IS NULL AND ended_at IS NULL;
CREATE TABLE email_texts (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    company_id uuid REFERENCES companies ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('activation', 'invitation', 'password', 'welcome')),
    language text NOT NULL CHECK (language IN ('de', 'en', 'es', 'fr', 'hu', 'ja', 'nl', 'pt')),
    subject text NOT NULL CHECK (subject <> '' AND subject !~ '[[:cntrl:]]'),
    intro text NOT NULL CHECK (intro <> ''),
    button text NOT NULL CHECK (button <> '' AND button !~ '[[:cntrl:]]'),
    updated_at timestamptz NOT NULL DEFAULT now(),
    updated_by text NOT NULL,
    UNIQUE NULLS NOT DISTINCT (company_id, kind, language)
  );
SET session_replication_role = replica;
INSERT INTO "activation_links" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"activation_links", E'[
{"id": "01a22b4d-0af5-7fc6-8094-54a213ccb4cf", "used_at": null, "ended_at": null, "issued_at": "2026-11-30T07:13:19.071463+00:00", "person_id": "01980000-0000-7000-8000-000000000004", "expired_at": null, "expires_at": "2026-04-01T00:00:00+00:00", "token_hash": "\\\\x33417fad574a6be87a13e271ba7ededbdb31fb3c7680b64c5e85e3371878f1df"}
]');
INSERT INTO "api_keys" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"api_keys", E'[
{"id": "01a22b4d-0ae8-7361-baea-ee552b75d0da", "hash": "\\\\x2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683", "name": "HR", "prefix": "mst_1234", "contact": "hr@blue.example", "companies": ["01980000-0000-7000-8000-000000000001"], "created_at": "2026-11-30T07:13:19.071463+00:00", "revoked_at": null, "last_used_at": null}
]');
INSERT INTO "campaign_courses" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"campaign_courses", '[
{"course_id": "01980000-0000-7000-8000-000000000002", "campaign_id": "01a22b4d-0ae4-7d9b-bf6d-818ccf49e0f5"}
]');
INSERT INTO "campaigns" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"campaigns", '[
{"id": "01a22b4d-0ae4-7d9b-bf6d-818ccf49e0f5", "name": "Safety week", "ends_at": "2026-03-09T00:00:00+00:00", "starts_at": "2026-03-02T00:00:00+00:00", "created_at": "2026-11-30T07:13:19.071463+00:00"}
]');
INSERT INTO "cohorts" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"cohorts", '[
{"id": "01a22b4d-0ae1-7042-a45d-9cdbef69f462", "name": "Spring", "company_id": "01980000-0000-7000-8000-000000000001", "created_at": "2026-11-30T07:13:19.071463+00:00"}
]');
INSERT INTO "collection_courses" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"collection_courses", '[
{"course_id": "01980000-0000-7000-8000-000000000002", "collection_id": "01a22b4d-0ae1-7ef3-b971-df7ed7014f1f"}
]');
INSERT INTO "collections" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"collections", '[
{"id": "01a22b4d-0ae1-7ef3-b971-df7ed7014f1f", "name": "Onboarding", "created_at": "2026-11-30T07:13:19.071463+00:00"}
]');
INSERT INTO "companies" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"companies", '[
{"id": "01980000-0000-7000-8000-000000000001", "name": "Blue Harbour", "created_at": "2026-11-30T07:13:19.071463+00:00"}
]');
INSERT INTO "company_courses" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"company_courses", '[
{"course_id": "01980000-0000-7000-8000-000000000002", "company_id": "01980000-0000-7000-8000-000000000001"}
]');
INSERT INTO "console_accounts" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"console_accounts", '[
{"id": "01a22b4d-0ae8-7d71-a37e-619efb4a7a9d", "name": "Ana", "role": "platform", "email": "ana@muster.example", "image": null, "companies": null, "created_at": "2026-11-30T07:13:19.071463+00:00", "updated_at": "2026-11-30T07:13:19.071463+00:00", "disabled_at": null, "email_verified": false, "two_factor_enabled": false}
]');
INSERT INTO "console_credentials" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"console_credentials", '[
{"id": "01a22b4d-0ae9-7786-9796-65a0ca1a2d00", "scope": null, "id_token": null, "password": "$argon2id$example", "account_id": "01a22b4d-0ae8-7d71-a37e-619efb4a7a9d", "created_at": "2026-11-30T07:13:19.071463+00:00", "updated_at": "2026-11-30T07:13:19.071463+00:00", "provider_id": "credential", "access_token": null, "refresh_token": null, "provider_account_id": "01a22b4d-0ae8-7d71-a37e-619efb4a7a9d", "access_token_expires_at": null, "refresh_token_expires_at": null}
]');
INSERT INTO "console_links" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"console_links", E'[
{"id": "01a22b4d-0aef-7ae6-bb4b-f8747357ff3a", "kind": "invitation", "used_at": null, "ended_at": null, "account_id": "01a22b4d-0ae8-7d71-a37e-619efb4a7a9d", "created_at": "2026-11-30T07:13:19.071463+00:00", "expires_at": "2026-04-01T00:00:00+00:00", "token_hash": "\\\\xb3ab5ff3940a8b16e6f5970ff3dcb05fd2ae52503873c7b2679567bc3e8e5933", "letter_closed_at": null, "workflow_started_at": null}
]');
INSERT INTO "console_sessions" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"console_sessions", '[
{"id": "01a22b4d-0ae9-71bf-9c06-3f4a60cc6829", "token": "token", "account_id": "01a22b4d-0ae8-7d71-a37e-619efb4a7a9d", "created_at": "2026-11-30T07:13:19.071463+00:00", "expires_at": "2026-04-01T00:00:00+00:00", "ip_address": null, "updated_at": "2026-11-30T07:13:19.071463+00:00", "user_agent": null}
]');
INSERT INTO "console_two_factors" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"console_two_factors", '[
{"id": "01a22b4d-0aef-7587-96ee-e2d0dfa3b3a1", "secret": "secret", "verified": false, "last_code": null, "account_id": "01a22b4d-0ae8-7d71-a37e-619efb4a7a9d", "backup_codes": "codes", "last_code_at": null, "locked_until": null, "failed_verification_count": 0}
]');
INSERT INTO "console_verifications" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"console_verifications", '[
{"id": "01a22b4d-0ae9-7b1f-a5d6-e5dfc69d94c1", "value": "value", "created_at": "2026-11-30T07:13:19.071463+00:00", "expires_at": "2026-04-01T00:00:00+00:00", "identifier": "two-factor", "updated_at": "2026-11-30T07:13:19.071463+00:00"}
]');
INSERT INTO "courses" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"courses", '[
{"id": "01980000-0000-7000-8000-000000000002", "title": "Fire safety", "created_at": "2026-11-30T07:13:19.071463+00:00"}
]');
INSERT INTO "custom_fields" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"custom_fields", '[
{"id": "01a22b4d-0ae1-7a91-86d4-83c62bbf9487", "key": "shirtSize", "type": "choice", "label": "Shirt size", "choices": ["S", "M", "L"], "created_at": "2026-11-30T07:13:19.071463+00:00"}
]');
INSERT INTO "drafts" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"drafts", '[
{"id": "01a22b4d-0af2-76d4-83cf-1d5f517b3d07", "step": "file", "file_id": "01980000-0000-7000-8000-000000000005", "mapping": null, "options": {}, "reading": {}, "records": null, "template": "team", "import_id": null, "account_id": "01a22b4d-0ae8-7d71-a37e-619efb4a7a9d", "api_key_id": null, "created_at": "2026-11-30T07:13:19.071463+00:00", "updated_at": "2026-11-30T07:13:19.071463+00:00"}
]');
INSERT INTO "email_texts" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"email_texts", '[
{"id": "01a22b4d-0af6-7c88-88e7-cd747d892f5f", "kind": "activation", "intro": "Kattints ide.", "button": "Indítás", "subject": "Üdvözlünk", "language": "hu", "company_id": "01980000-0000-7000-8000-000000000001", "updated_at": "2026-11-30T07:13:19.071463+00:00", "updated_by": "Ana"}
]');
INSERT INTO "enrolments" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"enrolments", '[
{"user_id": "01980000-0000-7000-8000-000000000003", "course_id": "01980000-0000-7000-8000-000000000002", "import_id": "01980000-0000-7000-8000-000000000006", "created_at": "2026-11-30T07:13:19.071463+00:00", "campaign_id": null, "collection_id": null}
]');
INSERT INTO "file_chunks" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"file_chunks", E'[
{"seq": 0, "bytes": "\\\\x613b623b633b", "file_id": "01980000-0000-7000-8000-000000000005"}
]');
INSERT INTO "files" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"files", E'[
{"id": "01980000-0000-7000-8000-000000000005", "name": "people.csv", "size": 6, "state": "stored", "sha256": "\\\\x5a73e42c2ba1e1e2ca2997c23144e17751d27afbe2e2a614c2bf38900f5ed9bb", "created_at": "2026-11-30T07:13:19.071463+00:00"}
]');
INSERT INTO "groups" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"groups", '[
{"id": "01a22b4d-0ae1-756d-996d-d0787425b839", "name": "Night shift", "created_at": "2026-11-30T07:13:19.071463+00:00"}
]');
INSERT INTO "import_batches" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"import_batches", '[
{"emails": 0, "created": 0, "invalid": 0, "invited": 0, "skipped": 0, "updated": 1, "last_row": 2, "first_row": 2, "import_id": "01980000-0000-7000-8000-000000000006", "assignments": 1, "finished_at": "2026-11-30T07:13:19.071463+00:00"}
]');
INSERT INTO "import_courses" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"import_courses", '[
{"course_id": "01980000-0000-7000-8000-000000000002", "import_id": "01980000-0000-7000-8000-000000000006", "campaign_id": null, "collection_id": null}
]');
INSERT INTO "import_history" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"import_history", '[
{"at": "2026-11-30T07:13:19.089252+00:00", "by": "HR", "id": 1, "what": "received", "detail": null, "import_id": "01980000-0000-7000-8000-000000000006"},
{"at": "2026-11-30T07:13:19.090208+00:00", "by": null, "id": 2, "what": "completed", "detail": null, "import_id": "01980000-0000-7000-8000-000000000006"}
]');
INSERT INTO "import_matches" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"import_matches", '[
{"seen": null, "action": "update", "row_no": 2, "invited": false, "user_id": "01980000-0000-7000-8000-000000000003", "import_id": "01980000-0000-7000-8000-000000000006"}
]');
INSERT INTO "import_refs" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"import_refs", '[
{"ref": 1, "kind": "company", "name": "Blue Harbour", "import_id": "01980000-0000-7000-8000-000000000006", "row_count": 1, "first_rows": [2], "company_ref": null, "resolved_id": "01980000-0000-7000-8000-000000000001"}
]');
INSERT INTO "import_rows" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"import_rows", '[
{"email": "Mira@people.example", "label": null, "custom": null, "errors": null, "groups": [], "region": null, "row_no": 2, "titles": [2], "enabled": null, "job_role": null, "language": null, "email_key": "mira@people.example", "import_id": "01980000-0000-7000-8000-000000000006", "last_name": null, "cohort_ref": null, "first_name": "Mira", "company_ref": 1, "description": null}
]');
INSERT INTO "imports" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"imports", E'[
{"id": "01980000-0000-7000-8000-000000000006", "plan": null, "phase": "done", "scope": null, "checks": 1, "fields": ["email", "firstName"], "status": "completed", "contact": null, "file_id": "01980000-0000-7000-8000-000000000005", "mapping": null, "options": {"mode": "create"}, "problem": null, "reading": {}, "records": 2, "decision": {}, "template": "onboarding", "detection": null, "parent_id": null, "account_id": null, "api_key_id": "01a22b4d-0ae8-7361-baea-ee552b75d0da", "created_at": "2026-11-30T07:13:19.071463+00:00", "started_at": null, "started_by": "HR", "updated_at": "2026-11-30T07:13:19.071463+00:00", "fingerprint": "\\\\x44863b03e9909b7100e05b02526909a346fd7455183f6619e0fe6198c89981e0", "finished_at": "2026-11-30T07:13:19.071463+00:00", "confirmed_at": null, "company_names": [], "password_hash": null, "report_sent_at": null, "idempotency_key": null, "cancel_requested_at": null, "workflow_started_at": null}
]');
INSERT INTO "invitation_courses" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"invitation_courses", '[
{"course_id": "01980000-0000-7000-8000-000000000002", "import_id": null, "campaign_id": null, "collection_id": "01a22b4d-0ae1-7ef3-b971-df7ed7014f1f", "invitation_id": "01980000-0000-7000-8000-000000000004"}
]');
INSERT INTO "invitation_groups" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"invitation_groups", '[
{"group_id": "01a22b4d-0ae1-756d-996d-d0787425b839", "invitation_id": "01980000-0000-7000-8000-000000000004"}
]');
INSERT INTO "invitations" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"invitations", '[
{"id": "01980000-0000-7000-8000-000000000004", "email": "jo@people.example", "label": null, "custom": {}, "region": null, "enabled": true, "job_role": null, "language": "en-GB", "cohort_id": null, "email_key": "jo@people.example", "import_id": "01980000-0000-7000-8000-000000000006", "last_name": null, "company_id": "01980000-0000-7000-8000-000000000001", "created_at": "2026-11-30T07:13:19.071463+00:00", "first_name": "Jo", "updated_at": "2026-11-30T07:13:19.071463+00:00", "description": null, "permission_set_id": null}
]');
INSERT INTO "kysely_migration" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"kysely_migration", '[
{"name": "0001-initial", "timestamp": "2026-11-30T07:13:19.005Z"}
]');
INSERT INTO "kysely_migration_lock" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"kysely_migration_lock", '[
{"id": "migration_lock", "is_locked": 0}
]');
INSERT INTO "mailings" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"mailings", '[
{"id": "01a22b4d-0af5-7ad1-bfc1-2fecdf9447ad", "created_at": "2026-11-30T07:13:19.071463+00:00", "requested_by": "Ana", "workflow_started_at": null}
]');
INSERT INTO "mappings" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"mappings", E'[
{"id": "01a22b4d-0ae7-7e0a-b12e-4dced3a3e068", "headers": ["Mail", "Name"], "mapping": {"email": "Mail", "firstName": "Name"}, "template": "onboarding", "company_id": "01980000-0000-7000-8000-000000000001", "created_at": "2026-11-30T07:13:19.071463+00:00", "created_by": "Ana", "header_key": "\\\\xc3f803e596653a05ee4d37916c607fddc68ea8615e5a048aa7214bacb5f8ce0c", "updated_at": "2026-11-30T07:13:19.071463+00:00"}
]');
INSERT INTO "outbox" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"outbox", '[
{"id": "01a22b4d-0af5-7fc6-8094-54a213ccb4cf", "kind": "activation", "error": {"code": "deferred"}, "state": "sent", "attempt": 2, "message": null, "sent_at": "2026-11-30T07:13:19.071463+00:00", "ambiguous": 0, "person_id": "01980000-0000-7000-8000-000000000004", "created_at": "2026-11-30T07:13:19.071463+00:00", "deliver_to": null, "mailing_id": "01a22b4d-0af5-7ad1-bfc1-2fecdf9447ad", "lease_until": null, "next_attempt_at": "2026-11-30T07:13:19.071463+00:00", "first_attempt_at": null}
]');
INSERT INTO "outcomes" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"outcomes", '[
{"before": {"firstName": "Mirabel"}, "row_no": 2, "outcome": "updated", "user_id": "01980000-0000-7000-8000-000000000003", "import_id": "01980000-0000-7000-8000-000000000006"}
]');
INSERT INTO "permission_sets" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"permission_sets", '[
{"id": "01a22b4d-0ae1-7817-ab2c-9fe79f45caa3", "name": "Learner", "created_at": "2026-11-30T07:13:19.071463+00:00"}
]');
INSERT INTO "title_aliases" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"title_aliases", '[
{"id": "01a22b4d-0ae7-7878-ac2e-5b84625ec707", "title": "Fire Safety!", "course_id": "01980000-0000-7000-8000-000000000002", "import_id": null, "title_key": "fire safety", "company_id": "01980000-0000-7000-8000-000000000001", "created_at": "2026-11-30T07:13:19.071463+00:00", "created_by": "Ana"}
]');
INSERT INTO "user_groups" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"user_groups", '[
{"user_id": "01980000-0000-7000-8000-000000000003", "group_id": "01a22b4d-0ae1-756d-996d-d0787425b839"}
]');
INSERT INTO "users" OVERRIDING SYSTEM VALUE
  SELECT * FROM jsonb_populate_recordset(NULL::"users", '[
{"id": "01980000-0000-7000-8000-000000000003", "email": "Mira@people.example", "label": null, "custom": {"shirtSize": "M"}, "region": null, "enabled": true, "job_role": null, "language": "hu", "cohort_id": "01a22b4d-0ae1-7042-a45d-9cdbef69f462", "email_key": "mira@people.example", "last_name": "Tóth", "company_id": "01980000-0000-7000-8000-000000000001", "created_at": "2026-11-30T07:13:19.071463+00:00", "first_name": "Mira", "updated_at": "2026-11-30T07:13:19.071463+00:00", "description": null, "activated_at": "2026-11-30T07:13:19.071463+00:00", "password_hash": "$argon2id$example", "permission_set_id": "01a22b4d-0ae1-7817-ab2c-9fe79f45caa3", "must_change_password": false}
]');
RESET session_replication_role;
SELECT setval('import_history_id_seq', 2);
