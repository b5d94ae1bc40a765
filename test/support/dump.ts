import { sql } from 'kysely'
import type { Db } from '../../db/core/database.ts'
import { writtenCounts } from '../../db/imports/apply/import-standing.ts'

/**
 * Returns everything that an import may write, without ids and times, so that a disturbed import can be compared with
 * an undisturbed one in another database.
 */
export async function dump(db: Db) {
  const users = await sql`
    SELECT u.email, u.email_key, u.first_name, u.last_name, c.name AS company, k.name AS cohort, u.language,
           u.job_role, u.region, u.description, u.label, u.custom, p.name AS permission_set, u.enabled,
           u.activated_at IS NOT NULL AS active, u.password_hash IS NOT NULL AS has_password, u.must_change_password
      FROM users u LEFT JOIN companies c ON c.id = u.company_id LEFT JOIN cohorts k ON k.id = u.cohort_id
      LEFT JOIN permission_sets p ON p.id = u.permission_set_id
     ORDER BY u.email_key`.execute(db)
  const invitations = await sql`
    SELECT u.email, u.email_key, u.first_name, u.last_name, c.name AS company, k.name AS cohort, u.language,
           u.job_role, u.region, u.description, u.label, u.custom, p.name AS permission_set, u.enabled
      FROM invitations u LEFT JOIN companies c ON c.id = u.company_id LEFT JOIN cohorts k ON k.id = u.cohort_id
      LEFT JOIN permission_sets p ON p.id = u.permission_set_id
     ORDER BY u.email_key`.execute(db)
  const groups = await sql`
    SELECT u.email_key, g.name FROM (SELECT user_id AS person_id, group_id FROM user_groups
        UNION ALL SELECT invitation_id, group_id FROM invitation_groups) m
      JOIN people u ON u.id = m.person_id JOIN groups g ON g.id = m.group_id ORDER BY 1, 2`.execute(db)
  const enrolments = await sql`
    SELECT u.email_key, c.title, s.name AS collection, a.name AS campaign
      FROM (SELECT user_id AS person_id, course_id, collection_id, campaign_id FROM enrolments
        UNION ALL SELECT invitation_id, course_id, collection_id, campaign_id FROM invitation_courses) e
      JOIN people u ON u.id = e.person_id JOIN courses c ON c.id = e.course_id
      LEFT JOIN collections s ON s.id = e.collection_id LEFT JOIN campaigns a ON a.id = e.campaign_id
     ORDER BY 1, 2`.execute(db)
  const outcomes = await sql`
    SELECT o.row_no, o.outcome, u.email_key,
           (SELECT jsonb_object_agg(b.key, coalesce(to_jsonb(c.name), to_jsonb(k.name), b.value))
              FROM jsonb_each(o.before) b LEFT JOIN companies c ON c.id::text = b.value #>> '{}'
              LEFT JOIN cohorts k ON k.id::text = b.value #>> '{}') AS before
      FROM outcomes o LEFT JOIN people u ON u.id = o.user_id JOIN imports i ON i.id = o.import_id
     ORDER BY i.created_at, o.row_no`.execute(db)
  const refused = await sql`
    SELECT r.row_no, r.errors FROM import_rows r JOIN imports i ON i.id = r.import_id
     WHERE r.errors IS NOT NULL ORDER BY i.created_at, r.row_no`.execute(db)
  const outbox = await sql`
    SELECT u.email_key, o.kind, o.state, o.message FROM outbox o JOIN people u ON u.id = o.person_id ORDER BY 1, 2`.execute(
    db,
  )
  return {
    users: users.rows,
    invitations: invitations.rows,
    groups: groups.rows,
    enrolments: enrolments.rows,
    outcomes: outcomes.rows,
    refused: refused.rows,
    outbox: outbox.rows,
  }
}

/** Returns the outcomes of one import: row number, outcome, and the values that an update replaced. */
export async function outcomesOf(db: Db, importId: string) {
  const rows = await db
    .selectFrom('outcomes')
    .where('import_id', '=', importId)
    .select(['row_no', 'outcome', 'before'])
    .orderBy('row_no')
    .execute()
  return rows.map(({ row_no, outcome, before }) => [row_no, outcome, before] as const)
}

/** Returns all data about users, which a rejected import must not change. */
export async function dumpPeople(db: Db) {
  const tables = [
    'users',
    'user_groups',
    'enrolments',
    'groups',
    'invitations',
    'invitation_groups',
    'invitation_courses',
    'outbox',
    'activation_links',
    'outcomes',
  ]
  const rows = await Promise.all(
    tables.map(async (table) => {
      const found = await sql`SELECT to_jsonb(t) AS row FROM ${sql.table(table)} t ORDER BY 1`.execute(db)
      return [table, found.rows] as const
    }),
  )
  return Object.fromEntries(rows)
}

export async function importRow(db: Db, id: string) {
  return db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** Returns the errors of an import by row number. */
export async function rowErrors(db: Db, importId: string) {
  const rows = await db
    .selectFrom('import_rows')
    .where('import_id', '=', importId)
    .where('errors', 'is not', null)
    .select(['row_no', 'errors'])
    .orderBy('row_no')
    .execute()
  return rows.map(({ row_no, errors }) => ({ row: row_no, errors: errors ?? [] }))
}

/**
 * Returns the counts of an import twice: as its transactions recorded them, and as counted in the tables. Each record
 * of the file is in exactly one count.
 */
export async function countsOf(db: Db, importId: string) {
  const noted = await writtenCounts(db, importId)
  const { rows } = await sql<Record<'created' | 'invited' | 'updated' | 'skipped' | 'invalid' | 'records', number>>`
    SELECT (SELECT count(*) FROM outcomes WHERE import_id = ${importId} AND outcome = 'created') AS created,
           (SELECT count(*) FROM outcomes WHERE import_id = ${importId} AND outcome = 'invited') AS invited,
           (SELECT count(*) FROM outcomes WHERE import_id = ${importId} AND outcome = 'updated') AS updated,
           (SELECT count(*) FROM outcomes WHERE import_id = ${importId} AND outcome = 'skipped') AS skipped,
           (SELECT count(*) FROM import_rows WHERE import_id = ${importId} AND errors IS NOT NULL) AS invalid,
           (SELECT count(*) FROM import_rows WHERE import_id = ${importId}) AS records`.execute(db)
  return { noted, found: rows[0]! }
}
