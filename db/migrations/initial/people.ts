/** Columns of users and invitations. An accepted invitation becomes a user with the same values. */
const personColumns = `id uuid PRIMARY KEY DEFAULT uuidv7(),
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
    enabled boolean NOT NULL`

/**
 * Indexes for the search while an administrator types: words that an address or a name begins with. The unique index
 * of addresses answers searches too, because a second index of a million addresses would double its cost.
 */
const searchIndexes = (table: 'users' | 'invitations') => [
  `CREATE UNIQUE INDEX ${table}_email_key_key ON ${table} (email_key text_pattern_ops)`,
  `CREATE INDEX ${table}_first_name ON ${table} (lower(first_name) text_pattern_ops)`,
  `CREATE INDEX ${table}_last_name ON ${table} (lower(last_name) text_pattern_ops)`,
]

/** Users and invitations, and the view of both. */
export const people: string[] = [
  `CREATE TABLE users (
    ${personColumns},
    must_change_password boolean NOT NULL DEFAULT false,
    password_hash text,
    activated_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (company_id, cohort_id) REFERENCES cohorts (company_id, id)
  )`,
  'CREATE INDEX users_company ON users (company_id, id)',
  ...searchIndexes('users'),
  // The users of one status in the order of the list. Without these, finding the few active users among a million
  // scans all of them: 0.9 s, with these 5 ms. They grow at their end.
  'CREATE INDEX users_active ON users (id) WHERE enabled AND activated_at IS NOT NULL',
  'CREATE INDEX users_pending ON users (id) WHERE enabled AND activated_at IS NULL',
  'CREATE INDEX users_disabled ON users (id) WHERE NOT enabled',
  `CREATE TABLE user_groups (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    group_id uuid NOT NULL REFERENCES groups,
    PRIMARY KEY (user_id, group_id)
  )`,
  // The reason of an enrolment (import, collection, campaign) has no foreign keys: checking them would cost a third more.
  `CREATE TABLE enrolments (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    course_id uuid NOT NULL REFERENCES courses,
    import_id uuid,
    collection_id uuid,
    campaign_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, course_id)
  )`,

  // An offer of an account that does not exist yet, with all values of the account. The account takes over the id.
  `CREATE TABLE invitations (
    ${personColumns},
    import_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (company_id, cohort_id) REFERENCES cohorts (company_id, id)
  )`,
  'CREATE INDEX invitations_company ON invitations (company_id, id)',
  ...searchIndexes('invitations'),
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
  // All users and invitations. A person is one of the two, never both.
  `CREATE VIEW people AS
    SELECT id, email, email_key, first_name, last_name, company_id, language, enabled, activated_at, false AS invited
      FROM users
    UNION ALL
    SELECT id, email, email_key, first_name, last_name, company_id, language, enabled, NULL, true FROM invitations`,
]
