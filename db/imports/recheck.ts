import { sql } from 'kysely'
import type { Trx } from '../core/database.ts'

/**
 * Forgets what a check of an import's file has found, so that the stored file can be read and checked again. Only where
 * nothing was written and nobody has confirmed or cancelled: refused, in review, or a dry run. Call it in a transaction.
 *
 * @param check the check whose result is void; run again after its commit this changes nothing
 * @returns whether the import is back at its beginning
 */
export async function recheckImport(trx: Trx, importId: string, check: number): Promise<boolean> {
  // A cancellation that came too late for the check before must not end this one.
  const { numAffectedRows = 0n } = await sql`
    UPDATE imports SET status = 'received', phase = 'receive', checks = checks + 1, records = NULL, fields = '{}',
           detection = NULL, company_names = '{}', plan = NULL, problem = NULL, confirmed_at = NULL,
           cancel_requested_at = NULL, finished_at = NULL, report_sent_at = NULL, updated_at = now()
     WHERE id = ${importId} AND checks = ${check} AND (
       status = 'rejected' OR (status = 'completed' AND (options->>'dryRun')::bool)
       OR (status = 'review' AND confirmed_at IS NULL AND cancel_requested_at IS NULL))`.execute(trx)
  if (numAffectedRows === 0n) return false
  await trx.deleteFrom('import_rows').where('import_id', '=', importId).execute()
  await trx.deleteFrom('import_refs').where('import_id', '=', importId).execute()
  await trx.deleteFrom('import_matches').where('import_id', '=', importId).execute()
  await trx.deleteFrom('import_courses').where('import_id', '=', importId).execute()
  return true
}
