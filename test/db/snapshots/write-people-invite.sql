WITH

-- A row to write: the values of the file, and the existing person and what to do with them ('update', 'skip').
source AS MATERIALIZED (
  SELECT source.*, match.user_id AS person_id, coalesce(match.invited, false) AS invited, match.action
    FROM (
  SELECT import_rows.*, company.resolved_id AS company_id, cohort.resolved_id AS cohort_id
     FROM import_rows
     LEFT JOIN import_refs company ON company.import_id = import_rows.import_id AND company.ref = import_rows.company_ref
     LEFT JOIN import_refs cohort ON cohort.import_id = import_rows.import_id AND cohort.ref = import_rows.cohort_ref) source
    LEFT JOIN import_matches match ON match.import_id = source.import_id AND match.row_no = source.row_no
   WHERE
  source.import_id = $1 AND source.row_no BETWEEN $2 AND $3 AND source.errors IS NULL
),

-- A new invitation. An address is unique in each of the two tables. The lookup
-- in the other table runs row by row, whatever the planner estimates.
added AS (
  INSERT INTO "invitations" (email, email_key, first_name, last_name, company_id, cohort_id, language,
    job_role, region, description, label, permission_set_id, custom, enabled, import_id)
  SELECT source.email, source.email_key, coalesce(source.first_name, ''), source.last_name, source.company_id,
         source.cohort_id, coalesce(source.language, $4::text), source.job_role, source.region,
         source.description, source.label, $5::uuid, coalesce(source.custom, '{}'),
         coalesce(source.enabled, true), $6::uuid
    FROM source LEFT JOIN LATERAL (
      SELECT true AS found FROM "users" person
       WHERE person.email_key = source.email_key LIMIT 1) elsewhere ON true
   WHERE source.action IS NULL AND elsewhere.found IS NULL
   ORDER BY source.email_key
  ON CONFLICT (email_key) DO NOTHING
  RETURNING id, email_key
),

-- An existing user whose values changed, with the values before. The
-- password is not one of them.
"changed_users" AS (
  UPDATE "users" person
     SET "first_name" = coalesce(source."first_name", person."first_name"),
         "last_name" = coalesce(source."last_name", person."last_name"),
         "company_id" = coalesce(source."company_id", person."company_id"),
         "cohort_id" = coalesce(source.cohort_id, CASE WHEN coalesce(source.company_id, person.company_id) = person.company_id THEN person.cohort_id END),
         updated_at = now()
    FROM source
   WHERE person.id = source.person_id AND source.action = 'update' AND NOT source.invited
     AND (person."first_name" IS DISTINCT FROM coalesce(source."first_name", person."first_name")
      OR person."last_name" IS DISTINCT FROM coalesce(source."last_name", person."last_name")
      OR person."company_id" IS DISTINCT FROM coalesce(source."company_id", person."company_id")
      OR person."cohort_id" IS DISTINCT FROM coalesce(source.cohort_id, CASE WHEN coalesce(source.company_id, person.company_id) = person.company_id THEN person.cohort_id END))
  RETURNING source.row_no, (
      CASE WHEN old."first_name" IS DISTINCT FROM new."first_name"
           THEN jsonb_build_object('firstName', old."first_name") ELSE '{}' END ||
      CASE WHEN old."last_name" IS DISTINCT FROM new."last_name"
           THEN jsonb_build_object('lastName', old."last_name") ELSE '{}' END ||
      CASE WHEN old."company_id" IS DISTINCT FROM new."company_id"
           THEN jsonb_build_object('company', old."company_id") ELSE '{}' END ||
      CASE WHEN old."cohort_id" IS DISTINCT FROM new."cohort_id"
           THEN jsonb_build_object('cohort', old."cohort_id") ELSE '{}' END) AS before
),

-- An existing invitation whose values changed, with the values before. The
-- password is not one of them.
"changed_invitations" AS (
  UPDATE "invitations" person
     SET "first_name" = coalesce(source."first_name", person."first_name"),
         "last_name" = coalesce(source."last_name", person."last_name"),
         "company_id" = coalesce(source."company_id", person."company_id"),
         "cohort_id" = coalesce(source.cohort_id, CASE WHEN coalesce(source.company_id, person.company_id) = person.company_id THEN person.cohort_id END),
         updated_at = now()
    FROM source
   WHERE person.id = source.person_id AND source.action = 'update' AND source.invited
     AND (person."first_name" IS DISTINCT FROM coalesce(source."first_name", person."first_name")
      OR person."last_name" IS DISTINCT FROM coalesce(source."last_name", person."last_name")
      OR person."company_id" IS DISTINCT FROM coalesce(source."company_id", person."company_id")
      OR person."cohort_id" IS DISTINCT FROM coalesce(source.cohort_id, CASE WHEN coalesce(source.company_id, person.company_id) = person.company_id THEN person.cohort_id END))
  RETURNING source.row_no, (
      CASE WHEN old."first_name" IS DISTINCT FROM new."first_name"
           THEN jsonb_build_object('firstName', old."first_name") ELSE '{}' END ||
      CASE WHEN old."last_name" IS DISTINCT FROM new."last_name"
           THEN jsonb_build_object('lastName', old."last_name") ELSE '{}' END ||
      CASE WHEN old."company_id" IS DISTINCT FROM new."company_id"
           THEN jsonb_build_object('company', old."company_id") ELSE '{}' END ||
      CASE WHEN old."cohort_id" IS DISTINCT FROM new."cohort_id"
           THEN jsonb_build_object('cohort', old."cohort_id") ELSE '{}' END) AS before
),

-- What became of a row: its outcome, its person, and the values that an update replaced.
outcome AS (
  SELECT source.row_no, 'invited' AS outcome, added.id AS person_id,
         NULL::jsonb AS before
    FROM source JOIN added ON added.email_key = source.email_key
  UNION ALL
  SELECT source.row_no, CASE WHEN changed.row_no IS NOT NULL
           OR false
           OR false
           THEN 'updated' ELSE 'skipped' END,
         source.person_id,
         changed.before
    FROM source
    LEFT JOIN (SELECT row_no, before FROM "changed_users" UNION ALL SELECT row_no, before FROM "changed_invitations") changed ON changed.row_no = source.row_no
   WHERE source.action IS NOT NULL
),

-- The same, once it is recorded for an import.
recorded AS (
  INSERT INTO outcomes (import_id, row_no, outcome, user_id, before)
  SELECT $7::uuid, row_no, outcome, person_id, before FROM outcome
  RETURNING row_no, outcome, user_id AS person_id
),

-- A new enrolment of a user. Of several reasons for one course the
-- nearest is kept: the row itself, then a collection, then a campaign.
"enrolled_users" AS (
  INSERT INTO "enrolments" ("user_id", course_id, import_id, collection_id, campaign_id)
  SELECT recorded.person_id, course.course_id, $8::uuid, course.collection_id, course.campaign_id
    FROM recorded JOIN source ON source.row_no = recorded.row_no
    JOIN (
    SELECT source.row_no, title.resolved_id AS course_id, NULL::uuid AS collection_id, NULL::uuid AS campaign_id
      FROM source CROSS JOIN unnest(source.titles) AS named (ref)
      JOIN import_refs title ON title.import_id = $9 AND title.ref = named.ref
    ) course ON course.row_no = recorded.row_no
   WHERE CASE WHEN recorded.outcome IN ('created', 'invited') THEN false
              ELSE false END
   ORDER BY 1, 2, 4 NULLS FIRST, 5 NULLS FIRST
  ON CONFLICT DO NOTHING
  RETURNING 1
),

-- A new enrolment of an invitation. Of several reasons for one course the
-- nearest is kept: the row itself, then a collection, then a campaign.
"enrolled_invitations" AS (
  INSERT INTO "invitation_courses" ("invitation_id", course_id, import_id, collection_id, campaign_id)
  SELECT recorded.person_id, course.course_id, $10::uuid, course.collection_id, course.campaign_id
    FROM recorded JOIN source ON source.row_no = recorded.row_no
    JOIN (
    SELECT source.row_no, title.resolved_id AS course_id, NULL::uuid AS collection_id, NULL::uuid AS campaign_id
      FROM source CROSS JOIN unnest(source.titles) AS named (ref)
      JOIN import_refs title ON title.import_id = $11 AND title.ref = named.ref
    ) course ON course.row_no = recorded.row_no
   WHERE CASE WHEN recorded.outcome IN ('created', 'invited') THEN true
              ELSE false END
   ORDER BY 1, 2, 4 NULLS FIRST, 5 NULLS FIRST
  ON CONFLICT DO NOTHING
  RETURNING 1
),

-- A queued e-mail: to a new person who is enabled, or with a new password to an existing user. An invitation that
-- exists gets none; an administrator sends it again from the user list.
emailed AS (
  INSERT INTO outbox (mailing_id, person_id, kind, deliver_to, message)
  SELECT $12::uuid, recorded.person_id,
         CASE WHEN source.action IS NULL THEN $13::text ELSE $14::text END,
         $15::text, $16::text
    FROM recorded JOIN source ON source.row_no = recorded.row_no
   WHERE CASE WHEN source.action IS NULL THEN true AND coalesce(source.enabled, true)
              ELSE false END
  RETURNING 1
)

SELECT count(*) FILTER (WHERE outcome = 'created')::int AS created,
       count(*) FILTER (WHERE outcome = 'invited')::int AS invited,
       count(*) FILTER (WHERE outcome = 'updated')::int AS updated,
       count(*) FILTER (WHERE outcome = 'skipped')::int AS skipped,
       ((SELECT count(*) FROM "enrolled_users") + (SELECT count(*) FROM "enrolled_invitations"))::int AS assignments,
       (SELECT count(*) FROM emailed)::int AS emails
  FROM recorded;
