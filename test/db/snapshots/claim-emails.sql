SET LOCAL enable_bitmapscan = off;


WITH
-- An open e-mail whose time has come, locked. E-mails that another claim holds are passed over.
due AS MATERIALIZED (
  SELECT id FROM outbox
  WHERE mailing_id = $1 AND state IN ('queued', 'sending') AND next_attempt_at <= (SELECT clock_timestamp())
  ORDER BY next_attempt_at LIMIT $2 FOR UPDATE SKIP LOCKED
)
UPDATE outbox email
SET state = 'sending', attempt = attempt + 1, ambiguous = ambiguous + (state = 'sending')::int,
  lease_until = (SELECT clock_timestamp()) + $3 * interval '1 ms', next_attempt_at = (SELECT clock_timestamp()) + $4 * interval '1 ms'
FROM due WHERE email.id = due.id RETURNING email.id, email.person_id AS "personId";


SELECT FROM users WHERE id = ANY($1::uuid[]) ORDER BY email_key FOR NO KEY UPDATE;


SELECT FROM invitations WHERE id = ANY($1::uuid[]) ORDER BY email_key FOR NO KEY UPDATE;


SELECT email.id, email.attempt, email.kind, email.message, email.created_at AS "createdAt",
    email.deliver_to AS "deliverTo", email.person_id AS "personId", person.email, person.first_name AS "firstName",
    person.last_name AS "lastName", person.language, person.invited, person.company_id AS "companyId",
    company.name AS company, coalesce(
(SELECT (imports.options->'passwords'->>'forceReset')::boolean FROM imports WHERE imports.id = $1), true) AS "forceReset",
    person.id IS NULL OR NOT person.enabled
      OR CASE WHEN email.kind = 'activation' THEN coalesce(person.activated_at, link.ended_at, link.used_at) IS NOT NULL
        ELSE person.invited END
      OR EXISTS (SELECT FROM outbox newer WHERE newer.person_id = email.person_id AND newer.id > email.id)
      AS superseded,
    coalesce(email.ambiguous > 0
      AND link.expires_at > (SELECT clock_timestamp()) + $2 * interval '1 hour', false) AS "ambiguousPromise"
  FROM outbox email
    LEFT JOIN LATERAL (SELECT * FROM people WHERE people.id = email.person_id LIMIT 1) person ON true
    LEFT JOIN LATERAL (SELECT name FROM companies WHERE companies.id = person.company_id LIMIT 1) company ON true
    LEFT JOIN activation_links link ON link.id = email.id AND link.id = ANY($3::uuid[])
  WHERE email.id = ANY($4::uuid[]);


UPDATE outbox SET state = 'superseded', lease_until = NULL
WHERE id = ANY($1::uuid[]);


UPDATE activation_links SET ended_at = (SELECT clock_timestamp())
WHERE person_id = ANY($1::uuid[]) AND id <> ALL($2::uuid[])
  AND used_at IS NULL AND ended_at IS NULL AND expired_at IS NULL;


INSERT INTO activation_links AS link (id, person_id, token_hash, expires_at)
SELECT id, person_id, token_hash, (SELECT clock_timestamp()) + $1 * interval '1 hour'
FROM unnest($2::uuid[], $3::uuid[], $4::bytea[]) AS new (id, person_id, token_hash)
ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash, expired_at = NULL,
  expires_at = CASE WHEN link.id = ANY($5::uuid[]) THEN link.expires_at ELSE excluded.expires_at END
RETURNING id, expires_at AS "expiresAt";


SELECT company_id AS company, kind, language, subject, intro, button
FROM email_texts WHERE (company_id IS NULL OR company_id = ANY($1::uuid[]))
  AND kind = ANY($2::text[]) AND language = ANY($3::text[]);
