import { sql } from 'kysely'
import type { ImportStatus, RowOutcome } from '../../domain/imports/states.ts'
import type { Db, Trx } from '../core/database.ts'
import type { Page, Scope } from '../core/page.ts'

/** What an import did to a user. */
export interface PersonImportRecord {
  /** The import. */
  id: string
  file: string
  status: ImportStatus
  startedBy: string
  createdAt: Date
  row: number
  outcome: Exclude<RowOutcome, 'invalid'>
  /** Values that the import replaced, by field. */
  before: Record<string, unknown> | null
  /** Courses that the import enrolled the user in. */
  courses: string[]
}

/** Lists the imports within the scope that have an outcome for a user, newest first. */
export async function importsOfPerson(
  db: Db | Trx,
  personId: string,
  scope: Scope,
  { after, limit }: Page,
): Promise<PersonImportRecord[]> {
  const { rows } = await sql<PersonImportRecord>`
    SELECT i.id, f.name AS file, i.status, i.started_by AS "startedBy", i.created_at AS "createdAt", o.row_no AS row,
      o.outcome, o.before,
      ARRAY(SELECT e.course_id FROM enrolments e WHERE e.user_id = o.user_id AND e.import_id = i.id
        UNION SELECT c.course_id FROM invitation_courses c WHERE c.invitation_id = o.user_id AND c.import_id = i.id
        ORDER BY 1) AS courses
    FROM outcomes o JOIN imports i ON i.id = o.import_id JOIN files f ON f.id = i.file_id
    WHERE o.user_id = ${personId} AND (${scope}::uuid[] IS NULL OR i.scope <@ ${scope}::uuid[])
      ${after === null ? sql`` : sql`AND i.id < ${after}`}
    ORDER BY i.id DESC, o.row_no LIMIT ${limit}`.execute(db)
  return rows
}
