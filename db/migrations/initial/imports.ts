/** An import, what it read, what it plans and what it did. */
export const imports: string[] = [
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
]
