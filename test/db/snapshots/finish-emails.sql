WITH

  -- An ending whose attempt still holds its e-mail, with the e-mail's person and mailing. Locked.
  ended AS (
    SELECT email.id, email.person_id, email.mailing_id, ending.outcome, ending.error, ending.delay_ms,
      ending.password_hash, (ending.outcome = 'unknown' AND email.ambiguous + 1 >= $1)
        OR (ending.outcome IN ('deferred', 'unknown') AND coalesce(
          email.first_attempt_at < (SELECT clock_timestamp()) - $2 * interval '1 hour', false)) AS gave_up
    FROM unnest(
      $3::uuid[], $4::int[],
      $5::text[],
      $6::jsonb[],
      $7::int[],
      $8::text[]
    ) AS ending (id, attempt, outcome, error, delay_ms, password_hash)
    JOIN outbox email ON email.id = ending.id AND email.attempt = ending.attempt AND email.state = 'sending'
    FOR UPDATE OF email
  ),

  -- Its e-mail, in the state that it has now.
  finished AS (
    UPDATE outbox email SET
      state = CASE WHEN ended.outcome = 'sent' THEN 'sent'
        WHEN ended.outcome = 'failed' OR ended.gave_up THEN 'failed' ELSE 'queued' END,
      sent_at = CASE WHEN ended.outcome = 'sent' THEN (SELECT clock_timestamp()) END,
      ambiguous = email.ambiguous + (ended.outcome = 'unknown')::int,
      first_attempt_at = CASE WHEN ended.outcome = 'released' THEN email.first_attempt_at
        ELSE coalesce(email.first_attempt_at, (SELECT clock_timestamp())) END,
      lease_until = NULL,
      next_attempt_at = (SELECT clock_timestamp()) + CASE WHEN ended.outcome = 'released' THEN ended.delay_ms * interval '1 ms'
        ELSE least(greatest((SELECT clock_timestamp()) - email.first_attempt_at, interval '1 minute'), interval '1 hour') END,
      error = CASE WHEN ended.outcome = 'released' THEN coalesce(ended.error, email.error)
        WHEN ended.gave_up THEN ended.error || '{"code": "gave-up"}' ELSE ended.error END
    FROM ended WHERE email.id = ended.id
    RETURNING email.id, email.state
  ),

  -- A password to set: of a sent e-mail, unless a newer one with a password was sent to the same user.
  given AS MATERIALIZED (
    SELECT * FROM ended WHERE ended.outcome = 'sent' AND ended.password_hash IS NOT NULL AND NOT EXISTS
      (SELECT FROM outbox newer WHERE newer.person_id = ended.person_id AND newer.id > ended.id
        AND newer.kind <> 'activation' AND newer.state = 'sent')
  ),

  -- Its user, locked in the order of addresses.
  held AS MATERIALIZED (
    SELECT id FROM users WHERE id = ANY(ARRAY(SELECT person_id FROM given)) ORDER BY email_key FOR NO KEY UPDATE
  ),

  -- That user, with the new password.
  secured AS (
    UPDATE users person SET password_hash = given.password_hash,
      activated_at = coalesce(person.activated_at, (SELECT clock_timestamp())),
      must_change_password = coalesce(
(SELECT (imports.options->'passwords'->>'forceReset')::boolean FROM imports WHERE imports.id = given.mailing_id), true), updated_at = (SELECT clock_timestamp())
    FROM held JOIN given ON given.person_id = held.id WHERE person.id = held.id
  ),

  -- A live link of a sent e-mail, with its full hours from now.
  stamped AS (
    UPDATE activation_links link SET expires_at = (SELECT clock_timestamp()) + $9 * interval '1 hour'
    WHERE link.id = ANY(ARRAY(SELECT id FROM finished WHERE state = 'sent'))
      AND coalesce(link.used_at, link.ended_at, link.expired_at) IS NULL
  )

  SELECT state, count(*) AS count FROM finished GROUP BY state;
