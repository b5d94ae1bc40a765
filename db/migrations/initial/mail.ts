/** E-mails, their links, and the administrators' texts. */
export const mail: string[] = [
  // The e-mails that one workflow delivers. They belong to an import (same id) or to one request.
  `CREATE TABLE mailings (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    requested_by text NOT NULL,
    workflow_started_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  'CREATE INDEX mailings_unstarted ON mailings (created_at) WHERE workflow_started_at IS NULL',
  // `person_id` is a user or an invitation (view people). It outlives the acceptance, so no foreign key fits.
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
  // All e-mails of a mailing: reports count them, and the sweep of its links reads them in order.
  'CREATE INDEX outbox_mailing ON outbox (mailing_id, id)',
  `CREATE INDEX outbox_failed ON outbox (mailing_id, id) WHERE state = 'failed'`,
  // A link has the id of its e-mail. Its token is derived from the id, and so always the same.
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
  `CREATE INDEX activation_links_expired ON activation_links (person_id)
    WHERE expired_at IS NOT NULL AND used_at IS NULL AND ended_at IS NULL`,
  // A text in place of Muster's own (domain/texts): for the people of one company, or of all (no company).
  `CREATE TABLE email_texts (
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
  )`,
]
