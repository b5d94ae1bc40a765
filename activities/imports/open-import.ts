import { emailCounts, firstOpenRow, writtenCounts } from '../../db/imports/apply/import-standing.ts'
import { failureTypes } from '../../domain/imports/failure.ts'
import type { ImportDeps } from '../core/deps.ts'
import { permanent, withKnownFailures } from '../core/failures.ts'
import type { Activities, ImportStanding } from '../types.ts'

/** Tells a new run where the import stands. Reads only; the database is the one place that knows. */
export function createOpenImport({ db, searchAttributes }: ImportDeps): Activities['openImport'] {
  return ({ importId }) =>
    withKnownFailures(async (): Promise<ImportStanding> => {
      const row = await db.selectFrom('imports').selectAll().where('id', '=', importId).executeTakeFirst()
      if (!row) throw permanent(failureTypes.importNotFound, 'The database does not know this import.')
      const last = await db
        .selectFrom('import_rows')
        .where('import_id', '=', importId)
        .select(({ fn }) => fn.max('row_no').as('row'))
        .executeTakeFirst()
      const written = await writtenCounts(db, importId)
      const emails = await emailCounts(db, importId)
      return {
        status: row.status,
        phase: row.phase,
        checks: row.checks,
        template: row.template,
        companies: row.company_names,
        records: row.records ?? 0,
        lastRow: last?.row ?? 0,
        firstOpenRow: await firstOpenRow(db, importId),
        appliedRows: written.created + written.invited + written.updated + written.skipped,
        invalidRows: (row.plan?.invalid ?? 0) + written.invalid,
        emailsToSend: row.plan?.emails ?? 0,
        emailsSent: emails.sent,
        emailsFailed: emails.failed,
        review: row.options.review,
        dryRun: row.options.dryRun,
        confirmed: row.confirmed_at !== null,
        cancelRequested: row.cancel_requested_at !== null,
        searchAttributes,
        wantsReport: row.contact !== null,
        problem: row.problem && { code: row.problem.code, detail: row.problem.title },
      }
    })
}
