import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import type { Db } from '../../../db/core/database.ts'
import type { ReadingChoices } from '../../../db/tables/imports.ts'
import { failureTypes } from '../../../domain/imports/failure.ts'
import { finalStatuses } from '../../../domain/imports/states.ts'
import type { CustomField, Mapping } from '../../../domain/people/fields.ts'
import type { Problem } from '../../../domain/problems/problem.ts'
import type { Detection } from '../../../reading/index.ts'
import { permanent } from '../../core/failures.ts'
import type { ParseResult } from '../../types.ts'
import type { References } from './references.ts'

export interface Source {
  fileId: string
  fileName: string
  sha256: Buffer
  template: string
  reading: ReadingChoices
  mapping: Mapping | null
  customFields: CustomField[]
  /** Name of the company of everybody whose row names none. */
  defaultCompany: string | null
  /** Set when an earlier attempt has committed: its answer was lost, its work was not. */
  parsed: ParseResult | null
}

/**
 * Loads what is to be parsed. Takes no lock on the import: parsing a large file takes a minute, and whoever wants to
 * cancel must be able to write that down meanwhile. Attempts are kept apart by `takeOverImport`.
 */
export async function loadSource(client: PoolClient, importId: string): Promise<Source> {
  const { rows } = await client.query<Source & { phase: string; records: number; lastRow: number }>(
    `SELECT i.file_id AS "fileId", f.name AS "fileName", f.sha256, i.template, i.reading, i.mapping, i.phase, i.records,
            (SELECT name FROM companies c WHERE c.id = (i.options->>'company')::uuid) AS "defaultCompany",
            (SELECT coalesce(jsonb_agg(jsonb_build_object('key', key, 'label', label, 'type', type, 'choices', choices)),
               '[]') FROM custom_fields) AS "customFields",
            (SELECT max(row_no) FROM import_rows WHERE import_id = i.id) AS "lastRow"
       FROM imports i JOIN files f ON f.id = i.file_id AND f.state = 'stored'
      WHERE i.id = $1
        -- A file that has lost bytes may read as one that is empty or damaged. Lengths are known without the bytes.
        AND f.size = (SELECT coalesce(sum(octet_length(bytes)), 0) FROM file_chunks c WHERE c.file_id = f.id)`,
    [importId],
  )
  const [row] = rows
  if (!row) throw permanent(failureTypes.fileGone, 'The stored file is gone.')
  const { phase, records, lastRow, ...source } = row
  const open = phase === 'receive' || phase === 'parse'
  return { ...source, parsed: open ? null : { rejected: false, records, lastRow, problem: null } }
}

export async function clearStaged(client: PoolClient, importId: string): Promise<void> {
  await client.query('DELETE FROM import_rows WHERE import_id = $1', [importId])
  await client.query('DELETE FROM import_refs WHERE import_id = $1', [importId])
}

interface Parsed {
  names: References
  records: number
  lastRow: number
  fields: string[]
  /** The import that the file says it repairs; believed when whoever imports may see that one. */
  parent: string | null
  detection: Detection
}

/** Stores the distinct names and moves the import on, in the transaction that copied the rows. */
export async function recordParsed(client: PoolClient, importId: string, parsed: Parsed): Promise<ParseResult> {
  const { names, records, lastRow, fields, parent, detection } = parsed
  await client.query(
    `INSERT INTO import_refs (import_id, ref, kind, name, company_ref, row_count, first_rows)
     SELECT $1, (e->>'ref')::int, e->>'kind', e->>'name', (e->>'companyRef')::int, (e->>'rowCount')::int,
            ARRAY(SELECT jsonb_array_elements_text(e->'firstRows')::int)
       FROM jsonb_array_elements($2::jsonb) AS e`,
    [importId, JSON.stringify(names.entries.map((entry, ref) => ({ ref, ...entry })))],
  )
  await client.query(
    `UPDATE imports i SET phase = 'validate', records = $2, fields = $3, detection = $4, updated_at = now(),
            parent_id = (SELECT p.id FROM imports p WHERE p.id = $5 AND (i.scope IS NULL OR p.scope <@ i.scope))
      WHERE id = $1 AND phase IN ('receive', 'parse')`,
    [importId, records, fields, JSON.stringify(detection), parent],
  )
  // Without fresh statistics the planner takes a million new rows for none and walks them in nested loops.
  await client.query('ANALYZE import_rows')
  await client.query('ANALYZE import_refs')
  return { rejected: false, records, lastRow, problem: null }
}

/** Ends the import as rejected, together with the reason. Nothing of the file stays staged. */
export async function rejectImport(db: Db, importId: string, refusal: Problem): Promise<ParseResult> {
  await db
    .updateTable('imports')
    .set({
      status: 'rejected',
      phase: 'done',
      problem: JSON.stringify(refusal),
      finished_at: sql<Date>`now()`,
      updated_at: sql<Date>`now()`,
    })
    .where('id', '=', importId)
    .where('status', 'not in', finalStatuses)
    .execute()
  return { rejected: true, records: 0, lastRow: 0, problem: { code: refusal.code, detail: refusal.title } }
}
