/** API keys, and uploaded files. */
export const filesAndKeys: string[] = [
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
  // Stored without compression: a chunk of 1 MiB is read back in one piece, and workbooks are compressed already.
  `CREATE TABLE file_chunks (
    file_id uuid NOT NULL REFERENCES files ON DELETE CASCADE,
    seq integer NOT NULL,
    bytes bytea STORAGE EXTERNAL NOT NULL,
    PRIMARY KEY (file_id, seq)
  )`,
]
