import type { PoolClient } from 'pg'
import type { ImportPhase } from '../../../domain/imports/states.ts'
import type { CustomField, Mapping } from '../../../domain/people/fields.ts'
import type { ReadingChoices } from '../../tables/imports.ts'

/** The file of an import, and everything that decides how its rows are read. */
export interface ParseSource {
  fileId: string
  fileName: string
  sha256: Buffer
  template: string
  reading: ReadingChoices
  mapping: Mapping | null
  customFields: CustomField[]
  /** Name of the company of every row that names none. */
  defaultCompany: string | null
  /** Counts of an earlier attempt that committed before its answer was lost; null when the file is still to be read. */
  parsed: { records: number; lastRow: number } | null
}

type Row = Omit<ParseSource, 'parsed'> & { phase: ImportPhase; records: number; lastRow: number }

/**
 * Loads the file that an import is to read. It takes no lock on the import, because a large file takes a minute and an
 * administrator can cancel meanwhile. `takeOverImport` keeps two attempts apart.
 *
 * @returns null when the stored file is gone or incomplete
 */
export async function parseSource(client: PoolClient, importId: string): Promise<ParseSource | null> {
  const { rows } = await client.query<Row>(
    `SELECT i.file_id AS "fileId", f.name AS "fileName", f.sha256, i.template, i.reading, i.mapping, i.phase, i.records,
            (SELECT name FROM companies c WHERE c.id = (i.options->>'company')::uuid) AS "defaultCompany",
            (SELECT coalesce(jsonb_agg(jsonb_build_object('key', key, 'label', label, 'type', type, 'choices', choices)),
               '[]') FROM custom_fields) AS "customFields",
            (SELECT max(row_no) FROM import_rows WHERE import_id = i.id) AS "lastRow"
       FROM imports i JOIN files f ON f.id = i.file_id AND f.state = 'stored'
      WHERE i.id = $1
        -- A file that has lost bytes can look empty or damaged. Lengths are known without reading the bytes.
        AND f.size = (SELECT coalesce(sum(octet_length(bytes)), 0) FROM file_chunks c WHERE c.file_id = f.id)`,
    [importId],
  )
  const [row] = rows
  if (!row) return null
  const { phase, records, lastRow, ...source } = row
  const unread = phase === 'receive' || phase === 'parse'
  return { ...source, parsed: unread ? null : { records, lastRow } }
}
