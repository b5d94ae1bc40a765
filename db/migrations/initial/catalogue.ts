/** Companies, cohorts, groups and permission sets, and the courses that people are enrolled in. */
export const catalogue: string[] = [
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
]
