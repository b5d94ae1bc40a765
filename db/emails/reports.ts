import { sql } from 'kysely'
import type { FinalStatus } from '../../domain/imports/states.ts'
import { clock } from '../core/clock.ts'
import type { Db } from '../core/database.ts'

export interface DueReport {
  contact: string
  /** `checked`: a completed dry run. Its counts come from its plan. */
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
 * The report to send to an ended import's contact. null for an import that has not ended, has no contact, was reported,
 * or is in a later recheck.
 */
export async function dueReport(db: Db, importId: string, check: number): Promise<DueReport | null> {
  const { rows } = await sql<DueReport>`
    SELECT imports.contact, CASE WHEN run.dry THEN 'checked' ELSE imports.status END AS status, file.name AS file, coalesce(imports.finished_at, imports.updated_at) AS "finishedAt",
      imports.problem->>'detail' AS reason, coalesce(imports.records, 0) AS records,
      coalesce(batches.created, plan."create", 0) AS created, coalesce(batches.invited, plan.invite, 0) AS invited,
      coalesce(batches.updated, plan."update", 0) AS updated, coalesce(batches.skipped, plan.skip, 0) AS skipped,
      coalesce(batches.assignments, plan.assignments, 0) AS assignments,
      coalesce((imports.plan->>'invalid')::int, 0) + coalesce(batches.invalid, 0) AS invalid,
      coalesce(CASE WHEN run.dry THEN plan.emails ELSE emails.sent END, 0) AS "emailsSent", coalesce(emails.failed, 0) AS "emailsFailed"
    FROM imports JOIN files file ON file.id = imports.file_id
      CROSS JOIN LATERAL (SELECT imports.status = 'completed' AND imports.options->>'dryRun' = 'true' AS dry) run
      LEFT JOIN LATERAL jsonb_to_record(imports.plan)
        AS plan ("create" int, invite int, "update" int, skip int, assignments int, emails int) ON run.dry
      LEFT JOIN LATERAL (
        SELECT sum(created)::int AS created, sum(invited)::int AS invited, sum(updated)::int AS updated,
          sum(skipped)::int AS skipped, sum(assignments)::int AS assignments, sum(invalid)::int AS invalid
        FROM import_batches WHERE import_id = imports.id
      ) batches ON true
      LEFT JOIN LATERAL (
        SELECT count(*) FILTER (WHERE state = 'sent') AS sent, count(*) FILTER (WHERE state = 'failed') AS failed
        FROM outbox WHERE mailing_id = imports.id
      ) emails ON true
    WHERE imports.id = ${importId} AND imports.checks = ${check} AND imports.status IN ('completed', 'rejected', 'cancelled', 'failed')
      AND imports.contact IS NOT NULL AND imports.report_sent_at IS NULL`.execute(db)
  return rows[0] ?? null
}

/** Marks the report as sent, or as given up. */
export async function closeReport(db: Db, importId: string, check: number): Promise<void> {
  await sql`UPDATE imports SET report_sent_at = ${clock}
    WHERE id = ${importId} AND checks = ${check} AND report_sent_at IS NULL`.execute(db)
}
