/** The rows of imports, the names in them, the plan and the outcomes. */
export const importRows: string[] = [
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
  // The distinct names of a file, each resolved once. A million rows name a few companies and some hundred titles.
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
  // Rows of people who existed when the plan was frozen, with what apply does to them. All other valid rows are new.
  // `seen` is a digest of the person's values then, for a review: a plan that is no longer true must not be applied.
  `CREATE TABLE import_matches (
    import_id uuid NOT NULL,
    row_no integer NOT NULL,
    user_id uuid NOT NULL,
    action text NOT NULL CHECK (action IN ('update', 'skip')),
    invited boolean NOT NULL DEFAULT false,
    seen uuid,
    PRIMARY KEY (import_id, row_no)
  )`,
  // Courses for all rows of the file (option `enrol`), as they were when the plan was frozen.
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
  // The outcomes of one user in all imports. New users have new ids, so this index grows at its end.
  'CREATE INDEX outcomes_user ON outcomes (user_id, import_id) WHERE user_id IS NOT NULL',
  // Counted by the transaction that did the work, so that a killed process never changes progress or totals.
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
