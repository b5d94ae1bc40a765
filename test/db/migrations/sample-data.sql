-- A little data in every table, for the dump of a release (write-release.ts). Names follow the rules of the schema.

INSERT INTO companies (id, name) VALUES ('01980000-0000-7000-8000-000000000001', 'Blue Harbour');
INSERT INTO courses (id, title) VALUES ('01980000-0000-7000-8000-000000000002', 'Fire safety');
INSERT INTO company_courses SELECT c.id, o.id FROM companies c, courses o;
INSERT INTO cohorts (company_id, name) SELECT id, 'Spring' FROM companies;
INSERT INTO groups (name) VALUES ('Night shift');
INSERT INTO permission_sets (name) VALUES ('Learner');
INSERT INTO custom_fields (key, label, type, choices) VALUES ('shirtSize', 'Shirt size', 'choice', '{S,M,L}');
INSERT INTO collections (name) VALUES ('Onboarding');
INSERT INTO collection_courses SELECT l.id, o.id FROM collections l, courses o;
INSERT INTO campaigns (name, starts_at, ends_at) VALUES ('Safety week', '2026-03-02T00:00Z', '2026-03-09T00:00Z');
INSERT INTO campaign_courses SELECT a.id, o.id FROM campaigns a, courses o;

INSERT INTO users (id, email, email_key, first_name, last_name, company_id, cohort_id, language, permission_set_id,
    custom, enabled, password_hash, activated_at)
  SELECT '01980000-0000-7000-8000-000000000003', 'Mira@people.example', 'mira@people.example', 'Mira', 'Tóth', c.id, k.id,
         'hu', p.id, '{"shirtSize": "M"}', true, '$argon2id$example', now()
    FROM companies c, cohorts k, permission_sets p;
INSERT INTO user_groups SELECT u.id, g.id FROM users u, groups g;
INSERT INTO invitations (id, email, email_key, first_name, company_id, language, enabled, import_id)
  SELECT '01980000-0000-7000-8000-000000000004', 'jo@people.example', 'jo@people.example', 'Jo', id, 'en-GB', true,
         '01980000-0000-7000-8000-000000000006' FROM companies;
INSERT INTO invitation_groups SELECT i.id, g.id FROM invitations i, groups g;
INSERT INTO invitation_courses (invitation_id, course_id, collection_id)
  SELECT i.id, o.id, l.id FROM invitations i, courses o, collections l;
INSERT INTO title_aliases (company_id, title, title_key, course_id, created_by)
  SELECT c.id, 'Fire Safety!', 'fire safety', o.id, 'Ana' FROM companies c, courses o;
INSERT INTO mappings (company_id, template, headers, header_key, mapping, created_by)
  SELECT id, 'onboarding', '{Mail,Name}', sha256('Mail,Name'), '{"email": "Mail", "firstName": "Name"}', 'Ana' FROM companies;

INSERT INTO api_keys (name, prefix, hash, companies, contact)
  SELECT 'HR', 'mst_1234', sha256('key'), ARRAY[id], 'hr@blue.example' FROM companies;
INSERT INTO files (id, state, name, size, sha256)
  VALUES ('01980000-0000-7000-8000-000000000005', 'stored', 'people.csv', 6, sha256('a;b;c;'));
INSERT INTO file_chunks (file_id, seq, bytes) SELECT id, 0, 'a;b;c;' FROM files;

INSERT INTO console_accounts (name, email, role) VALUES ('Ana', 'ana@muster.example', 'platform');
INSERT INTO console_sessions (account_id, token, expires_at) SELECT id, 'token', '2026-04-01T00:00Z' FROM console_accounts;
INSERT INTO console_credentials (account_id, provider_id, provider_account_id, password)
  SELECT id, 'credential', id::text, '$argon2id$example' FROM console_accounts;
INSERT INTO console_verifications (identifier, value, expires_at) VALUES ('two-factor', 'value', '2026-04-01T00:00Z');
INSERT INTO console_two_factors (account_id, secret, backup_codes) SELECT id, 'secret', 'codes' FROM console_accounts;
INSERT INTO console_links (account_id, kind, token_hash, expires_at)
  SELECT id, 'invitation', sha256('console link'), '2026-04-01T00:00Z' FROM console_accounts;

-- The trigger on imports writes the history of these two steps.
INSERT INTO imports (id, file_id, template, options, api_key_id, started_by, fingerprint, fields)
  SELECT '01980000-0000-7000-8000-000000000006', f.id, 'onboarding', '{"mode": "create"}', k.id, 'HR', sha256('fingerprint'),
         '{email,firstName}' FROM files f, api_keys k;
UPDATE imports SET status = 'completed', phase = 'done', records = 2, finished_at = now();
INSERT INTO drafts (file_id, account_id, template) SELECT f.id, a.id, 'team' FROM files f, console_accounts a;
INSERT INTO import_rows (import_id, row_no, email, email_key, first_name, company_ref, titles, groups)
  SELECT id, 2, 'Mira@people.example', 'mira@people.example', 'Mira', 1, '{2}', '{}' FROM imports;
INSERT INTO import_refs (import_id, ref, kind, name, resolved_id, row_count, first_rows)
  SELECT i.id, 1, 'company', c.name, c.id, 1, '{2}' FROM imports i, companies c;
INSERT INTO import_matches (import_id, row_no, user_id, action) SELECT i.id, 2, u.id, 'update' FROM imports i, users u;
INSERT INTO import_courses (import_id, course_id) SELECT i.id, o.id FROM imports i, courses o;
INSERT INTO outcomes (import_id, row_no, outcome, user_id, before)
  SELECT i.id, 2, 'updated', u.id, '{"firstName": "Mirabel"}' FROM imports i, users u;
INSERT INTO import_batches (import_id, first_row, last_row, updated, assignments) SELECT id, 2, 2, 1, 1 FROM imports;
INSERT INTO enrolments (user_id, course_id, import_id) SELECT u.id, o.id, i.id FROM users u, courses o, imports i;

INSERT INTO mailings (requested_by) VALUES ('Ana');
INSERT INTO outbox (mailing_id, person_id, kind, state, attempt, sent_at, error)
  SELECT m.id, i.id, 'activation', 'sent', 2, now(), '{"code": "deferred"}' FROM mailings m, invitations i;
INSERT INTO activation_links (id, person_id, token_hash, expires_at)
  SELECT id, person_id, sha256('activation link'), '2026-04-01T00:00Z' FROM outbox;
INSERT INTO email_texts (company_id, kind, language, subject, intro, button, updated_by)
  SELECT id, 'activation', 'hu', 'Üdvözlünk', 'Kattints ide.', 'Indítás', 'Ana' FROM companies;
