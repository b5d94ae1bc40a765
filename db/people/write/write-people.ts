import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '../../core/database.ts'
import { invitations, type Target, users } from '../target.ts'
import { getsGeneratedPassword, matchInSource } from './generated-password.ts'
import { beforeWithGroups, changesGroups, joins, leaves } from './group-changes.ts'
import { ofKind, part, toUpdate, unionOf } from './parts.ts'
import { anyDiffers, beforeImage } from './values.ts'
import type { Writing, Written } from './writing.ts'

/**
 * Writes users, invitations, groups, outcomes with before-images, enrolments and e-mails in one statement, because each
 * step needs the rows that the step before it returned. A temporary table for them would cost entries in the catalogue
 * with every batch. The finished SQL of the common settings is in test/db/snapshots/.
 *
 * - New people are inserted in the order of their addresses, so that two imports of the same people wait for each other
 *   instead of deadlocking (HAZARDS 12). A row whose address was taken meanwhile gets no outcome here.
 * - Every part reads the database as it was before the statement, so groups to join and to leave come from one snapshot.
 */
export async function writePeople(trx: Trx, writing: Writing): Promise<Written> {
  const { rows } = await statement(writing).execute(trx)
  return rows[0] ?? { created: 0, invited: 0, updated: 0, skipped: 0, assignments: 0, emails: 0 }
}

function statement(writing: Writing): RawBuilder<Written> {
  const { mode, importId, values, groups, courses, enrolsExisting, email } = writing
  const home = mode === 'invite' ? invitations : users
  const elsewhere = mode === 'invite' ? users : invitations
  const targets = writing.withInvitations ? [users, invitations] : [users]
  const each = (part: (target: Target) => RawBuilder<unknown>) => sql.join(targets.map(part), sql``)
  const changedGroup = groups ? changesGroups(groups, targets) : sql.lit(false)
  return sql<Written>`WITH

-- A row to write: the values of the file, and the existing person and what to do with them ('update', 'skip').
source AS MATERIALIZED (${writing.source}
),

-- A new ${sql.raw(home.invited ? 'invitation' : 'user')}. An address is unique in each of the two tables. The lookup
-- in the other table runs row by row, whatever the planner estimates.
added AS (
  INSERT INTO ${sql.table(home.people)} (email, email_key, first_name, last_name, company_id, cohort_id, language,
    job_role, region, description, label, permission_set_id, custom, enabled, ${ownColumns(home)})
  SELECT source.email, source.email_key, coalesce(source.first_name, ''), source.last_name, source.company_id,
         source.cohort_id, coalesce(source.language, ${writing.language}::text), source.job_role, source.region,
         source.description, source.label, ${writing.permissionSet}::uuid, coalesce(source.custom, '{}'),
         coalesce(source.enabled, true), ${ownValues(writing, home)}
    FROM source LEFT JOIN LATERAL (
      SELECT true AS found FROM ${sql.table(elsewhere.people)} person
       WHERE person.email_key = source.email_key LIMIT 1) elsewhere ON true
   WHERE source.action IS NULL AND elsewhere.found IS NULL
   ORDER BY source.email_key
  ON CONFLICT (email_key) DO NOTHING
  RETURNING id, email_key
),
${each(
  (target) => sql`
-- An existing ${sql.raw(target.invited ? 'invitation' : 'user')} whose values changed, with the values before. The
-- password is not one of them.
${part('changed', target)} AS (
  UPDATE ${sql.table(target.people)} person
     SET ${sql.join([...assignments(writing), ...passwordAssignments(writing, target), sql`updated_at = now()`], newLine)}
    FROM source
   WHERE person.id = source.person_id AND ${toUpdate(target)}
     AND ${passwordAssignments(writing, target).length > 0 ? sql`true` : anyDiffers(values)}
  RETURNING source.row_no, ${beforeImage(values)} AS before
),
`,
)}${groups ? each((target) => sql`${joins(groups, target)}${leaves(groups, target)}`) : sql``}
-- What became of a row: its outcome, its person, and the values that an update replaced.
outcome AS (
  SELECT source.row_no, ${sql.lit(mode === 'invite' ? 'invited' : 'created')} AS outcome, added.id AS person_id,
         NULL::jsonb AS before
    FROM source JOIN added ON added.email_key = source.email_key
  UNION ALL
  SELECT source.row_no, CASE WHEN changed.row_no IS NOT NULL
           OR ${changedGroup}
           OR ${email.toExisting === 'password' ? getsGeneratedPassword(matchInSource) : sql.lit(false)}
           THEN 'updated' ELSE 'skipped' END,
         source.person_id,
         ${groups ? beforeWithGroups(changedGroup, targets) : sql`changed.before`}
    FROM source
    LEFT JOIN (${unionOf('changed', sql`row_no, before`, targets)}) changed ON changed.row_no = source.row_no
   WHERE source.action IS NOT NULL
),

-- The same, once it is recorded for an import.
recorded AS (${
    importId === null
      ? sql`
  SELECT row_no, outcome, person_id FROM outcome`
      : sql`
  INSERT INTO outcomes (import_id, row_no, outcome, user_id, before)
  SELECT ${importId}::uuid, row_no, outcome, person_id, before FROM outcome
  RETURNING row_no, outcome, user_id AS person_id`
  }
),
${
  groups && groups.mode !== 'remove'
    ? sql`
-- A group that a new person joins.
joined_new AS (
  INSERT INTO ${sql.table(home.groups)} (${sql.ref(home.key)}, group_id)
  SELECT DISTINCT recorded.person_id, wanted.group_id
    FROM recorded JOIN source ON source.row_no = recorded.row_no
    CROSS JOIN unnest(${groups.wanted}) AS wanted (group_id)
   WHERE recorded.outcome IN ('created', 'invited') AND wanted.group_id IS NOT NULL
   ORDER BY 1, 2
  ON CONFLICT DO NOTHING
),
`
    : sql``
}${each(
  (target) => sql`
-- A new enrolment of ${sql.raw(target.invited ? 'an invitation' : 'a user')}. Of several reasons for one course the
-- nearest is kept: the row itself, then a collection, then a campaign.
${part('enrolled', target)} AS (
  INSERT INTO ${sql.table(target.courses)} (${sql.ref(target.key)}, course_id, import_id, collection_id, campaign_id)
  SELECT recorded.person_id, course.course_id, ${importId}::uuid, course.collection_id, course.campaign_id
    FROM recorded JOIN source ON source.row_no = recorded.row_no
    JOIN (${courses}
    ) course ON course.row_no = recorded.row_no
   WHERE CASE WHEN recorded.outcome IN ('created', 'invited') THEN ${sql.lit(target === home)}
              ELSE ${enrolsExisting ? ofKind(target) : sql.lit(false)} END
   ORDER BY 1, 2, 4 NULLS FIRST, 5 NULLS FIRST
  ON CONFLICT DO NOTHING
  RETURNING 1
),
`,
)}
-- A queued e-mail: to a new person who is enabled, or with a new password to an existing user. An invitation that
-- exists gets none; an administrator sends it again from the user list.
emailed AS (${
    importId === null
      ? sql`
  SELECT WHERE false`
      : sql`
  INSERT INTO outbox (mailing_id, person_id, kind, deliver_to, message)
  SELECT ${importId}::uuid, recorded.person_id,
         CASE WHEN source.action IS NULL THEN ${email.toNew}::text ELSE ${email.toExisting}::text END,
         ${email.deliverTo}::text, ${email.message}::text
    FROM recorded JOIN source ON source.row_no = recorded.row_no
   WHERE CASE WHEN source.action IS NULL THEN ${sql.lit(email.toNew !== null)} AND coalesce(source.enabled, true)
              ELSE ${email.toExisting === null ? sql.lit(false) : getsGeneratedPassword(matchInSource)} END
  RETURNING 1`
  }
)

SELECT count(*) FILTER (WHERE outcome = 'created')::int AS created,
       count(*) FILTER (WHERE outcome = 'invited')::int AS invited,
       count(*) FILTER (WHERE outcome = 'updated')::int AS updated,
       count(*) FILTER (WHERE outcome = 'skipped')::int AS skipped,
       (${sql.join(
         targets.map((target) => sql`(SELECT count(*) FROM ${part('enrolled', target)})`),
         sql` + `,
       )})::int AS assignments,
       (SELECT count(*) FROM emailed)::int AS emails
  FROM recorded`
}

/** Columns that only users or only invitations have, for the new ones. */
const ownColumns = ({ invited }: Target) =>
  invited ? sql`import_id` : sql`password_hash, activated_at, must_change_password`

function ownValues({ importId, password: { hash, forceReset } }: Writing, { invited }: Target): RawBuilder<unknown> {
  if (invited) return sql`${importId}::uuid`
  if (hash === null) return sql`NULL::text, NULL::timestamptz, false`
  return sql`${hash}::text, now(), ${forceReset}::boolean`
}

const newLine = sql`,
         `

const assignments = ({ values }: Writing) => values.map(({ column, value }) => sql`${sql.ref(column)} = ${value}`)

/** Sets the one password for all on existing users, where the options say so. */
function passwordAssignments({ password }: Writing, { invited }: Target): RawBuilder<unknown>[] {
  const { hash, forceReset, existing } = password
  if (invited || !existing || hash === null) return []
  return [
    sql`password_hash = ${hash}`,
    sql`activated_at = coalesce(person.activated_at, now())`,
    sql`must_change_password = ${forceReset}`,
  ]
}
