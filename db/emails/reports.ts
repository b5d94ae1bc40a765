import { sql } from 'kysely'
import type { FinalStatus } from '../../domain/imports/states.ts'
import { clock } from '../core/clock.ts'
import type { Db } from '../core/database.ts'

export interface DueReport {
  contact: string
  /** `checked`: a dry run that was completed; its counts are those of its plan. */
  status: FinalStatus | 'checked'
  file: string
  finishedAt: Date
  reason: string | null
  records: number
  created: number
  invited: number
  updated: number
  skipped: number
  invalid: number
  assignments: number
  emailsSent: number
  emailsFailed: number
}

/**
 * The note that an ended import owes its contact; null when it has not ended, has no contact, was reported, or was
 * checked again since.
 */
export async function dueReport(db: Db, importId: string, check: number): Promise<DueReport | null> {
  const { rows } = await sql<DueReport>`
    SELECT i.contact, CASE WHEN d.dry THEN 'checked' ELSE i.status END AS status, f.name AS file, coalesce(i.finished_at, i.updated_at) AS "finishedAt",
      i.problem->>'detail' AS reason, coalesce(i.records, 0) AS records,
      coalesce(b.created, p."create", 0) AS created, coalesce(b.invited, p.invite, 0) AS invited,
      coalesce(b.updated, p."update", 0) AS updated, coalesce(b.skipped, p.skip, 0) AS skipped,
      coalesce(b.assignments, p.assignments, 0) AS assignments,
      coalesce((i.plan->>'invalid')::int, 0) + coalesce(b.invalid, 0) AS invalid,
      coalesce(CASE WHEN d.dry THEN p.emails ELSE o.sent END, 0) AS "emailsSent", coalesce(o.failed, 0) AS "emailsFailed"
    FROM imports i JOIN files f ON f.id = i.file_id
      CROSS JOIN LATERAL (SELECT i.status = 'completed' AND i.options->>'dryRun' = 'true' AS dry) d
      LEFT JOIN LATERAL jsonb_to_record(i.plan)
        AS p ("create" int, invite int, "update" int, skip int, assignments int, emails int) ON d.dry
      LEFT JOIN LATERAL (
        SELECT sum(created)::int AS created, sum(invited)::int AS invited, sum(updated)::int AS updated,
          sum(skipped)::int AS skipped, sum(assignments)::int AS assignments, sum(invalid)::int AS invalid
        FROM import_batches WHERE import_id = i.id
      ) b ON true
      LEFT JOIN LATERAL (
        SELECT count(*) FILTER (WHERE state = 'sent') AS sent, count(*) FILTER (WHERE state = 'failed') AS failed
        FROM outbox WHERE mailing_id = i.id
      ) o ON true
    WHERE i.id = ${importId} AND i.checks = ${check} AND i.status IN ('completed', 'rejected', 'cancelled', 'failed')
      AND i.contact IS NOT NULL AND i.report_sent_at IS NULL`.execute(db)
  return rows[0] ?? null
}

/** Notes that the report needs no further try. */
export async function closeReport(db: Db, importId: string, check: number): Promise<void> {
  await sql`UPDATE imports SET report_sent_at = ${clock}
    WHERE id = ${importId} AND checks = ${check} AND report_sent_at IS NULL`.execute(db)
}
