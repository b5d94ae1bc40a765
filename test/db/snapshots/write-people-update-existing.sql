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

-- A new user. An address is unique in each of the two tables. The lookup
-- in the other table runs row by row, whatever the planner estimates.
added AS (
  INSERT INTO "users" (email, email_key, first_name, last_name, company_id, cohort_id, language,
    job_role, region, description, label, permission_set_id, custom, enabled, password_hash, activated_at, must_change_password)
  SELECT source.email, source.email_key, coalesce(source.first_name, ''), source.last_name, source.company_id,
         source.cohort_id, coalesce(source.language, $4::text), source.job_role, source.region,
         source.description, source.label, $5::uuid, coalesce(source.custom, '{}'),
         coalesce(source.enabled, true), NULL::text, NULL::timestamptz, false
    FROM source LEFT JOIN LATERAL (
      SELECT true AS found FROM "invitations" person
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
         "custom" = (person.custom || coalesce(source.custom, '{}')),
         updated_at = now()
    FROM source
   WHERE person.id = source.person_id AND source.action = 'update' AND NOT source.invited
     AND (person."first_name" IS DISTINCT FROM coalesce(source."first_name", person."first_name")
      OR person."last_name" IS DISTINCT FROM coalesce(source."last_name", person."last_name")
      OR person."company_id" IS DISTINCT FROM coalesce(source."company_id", person."company_id")
      OR person."cohort_id" IS DISTINCT FROM coalesce(source.cohort_id, CASE WHEN coalesce(source.company_id, person.company_id) = person.company_id THEN person.cohort_id END)
      OR person."custom" IS DISTINCT FROM (person.custom || coalesce(source.custom, '{}')))
  RETURNING source.row_no, (
      CASE WHEN old."first_name" IS DISTINCT FROM new."first_name"
           THEN jsonb_build_object('firstName', old."first_name") ELSE '{}' END ||
      CASE WHEN old."last_name" IS DISTINCT FROM new."last_name"
           THEN jsonb_build_object('lastName', old."last_name") ELSE '{}' END ||
      CASE WHEN old."company_id" IS DISTINCT FROM new."company_id"
           THEN jsonb_build_object('company', old."company_id") ELSE '{}' END ||
      CASE WHEN old."cohort_id" IS DISTINCT FROM new."cohort_id"
           THEN jsonb_build_object('cohort', old."cohort_id") ELSE '{}' END ||
      CASE WHEN old."custom" IS DISTINCT FROM new."custom"
           THEN jsonb_build_object('custom', old."custom") ELSE '{}' END) AS before
),

-- A group that an existing user joins.
"joined_users" AS (
  INSERT INTO "user_groups" ("user_id", group_id)
  SELECT DISTINCT source.person_id, wanted.group_id
    FROM source CROSS JOIN unnest((ARRAY(
      SELECT reference.resolved_id FROM unnest(source.groups) AS named (ref)
        JOIN import_refs reference ON reference.import_id = source.import_id AND reference.ref = named.ref) || $6::uuid[])) AS wanted (group_id)
   WHERE source.action = 'update' AND NOT source.invited AND wanted.group_id IS NOT NULL
   ORDER BY 1, 2
  ON CONFLICT DO NOTHING
  RETURNING "user_id" AS person_id
),

-- A group that an existing user leaves.
"left_users" AS (
  DELETE FROM "user_groups" membership USING source
   WHERE membership."user_id" = source.person_id AND source.action = 'update' AND NOT source.invited
     AND cardinality(source.groups) > 0 AND membership.group_id <> ALL ((ARRAY(
      SELECT reference.resolved_id FROM unnest(source.groups) AS named (ref)
        JOIN import_refs reference ON reference.import_id = source.import_id AND reference.ref = named.ref) || $7::uuid[]))
  RETURNING membership."user_id" AS person_id
),

-- What became of a row: its outcome, its person, and the values that an update replaced.
outcome AS (
  SELECT source.row_no, 'created' AS outcome, added.id AS person_id,
         NULL::jsonb AS before
    FROM source JOIN added ON added.email_key = source.email_key
  UNION ALL
  SELECT source.row_no, CASE WHEN changed.row_no IS NOT NULL
           OR source.person_id IN (
             SELECT person_id FROM "joined_users" UNION ALL SELECT person_id FROM "left_users")
           OR false
           THEN 'updated' ELSE 'skipped' END,
         source.person_id,
         CASE WHEN source.person_id IN (
             SELECT person_id FROM "joined_users" UNION ALL SELECT person_id FROM "left_users")
           THEN coalesce(changed.before, '{}') || jsonb_build_object('groups',
             ARRAY(
      SELECT membership.group_id FROM "user_groups" membership
       WHERE membership."user_id" = source.person_id ORDER BY membership.group_id))
           ELSE changed.before END
    FROM source
    LEFT JOIN (SELECT row_no, before FROM "changed_users") changed ON changed.row_no = source.row_no
   WHERE source.action IS NOT NULL
),

-- The same, once it is recorded for an import.
recorded AS (
  INSERT INTO outcomes (import_id, row_no, outcome, user_id, before)
  SELECT $8::uuid, row_no, outcome, person_id, before FROM outcome
  RETURNING row_no, outcome, user_id AS person_id
),

-- A group that a new person joins.
joined_new AS (
  INSERT INTO "user_groups" ("user_id", group_id)
  SELECT DISTINCT recorded.person_id, wanted.group_id
    FROM recorded JOIN source ON source.row_no = recorded.row_no
    CROSS JOIN unnest((ARRAY(
      SELECT reference.resolved_id FROM unnest(source.groups) AS named (ref)
        JOIN import_refs reference ON reference.import_id = source.import_id AND reference.ref = named.ref) || $9::uuid[])) AS wanted (group_id)
   WHERE recorded.outcome IN ('created', 'invited') AND wanted.group_id IS NOT NULL
   ORDER BY 1, 2
  ON CONFLICT DO NOTHING
),

-- A new enrolment of a user. Of several reasons for one course the
-- nearest is kept: the row itself, then a collection, then a campaign.
"enrolled_users" AS (
  INSERT INTO "enrolments" ("user_id", course_id, import_id, collection_id, campaign_id)
  SELECT recorded.person_id, course.course_id, $10::uuid, course.collection_id, course.campaign_id
    FROM recorded JOIN source ON source.row_no = recorded.row_no
    JOIN (
    SELECT source.row_no, title.resolved_id AS course_id, NULL::uuid AS collection_id, NULL::uuid AS campaign_id
      FROM source CROSS JOIN unnest(source.titles) AS named (ref)
      JOIN import_refs title ON title.import_id = $11 AND title.ref = named.ref
    ) course ON course.row_no = recorded.row_no
   WHERE CASE WHEN recorded.outcome IN ('created', 'invited') THEN true
              ELSE NOT source.invited END
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
       ((SELECT count(*) FROM "enrolled_users"))::int AS assignments,
       (SELECT count(*) FROM emailed)::int AS emails
  FROM recorded;
