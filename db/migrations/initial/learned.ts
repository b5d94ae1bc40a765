/** Title aliases and saved mappings. */
export const learned: string[] = [
  // For a company, a title means a course: in all its imports, or in one only.
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
  // A mapping of columns to fields, for the next file with the same headers.
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
]
