import type { Pool, PoolClient } from 'pg'
import { copyRows } from '../../core/copy-rows.ts'
import { takeOverImport } from '../apply/take-over.ts'
import { markParsed, type ParsedFile } from '../transitions.ts'
import { type ParseSource, parseSource } from './parse-source.ts'

/** A distinct name in a file, which rows refer to by its number. */
export interface Reference {
  kind: 'company' | 'cohort' | 'title' | 'group'
  name: string
  /** The company that a cohort or title is expected to belong to. */
  companyRef: number | null
  rowCount: number
  firstRows: number[]
}

/** Columns of `import_rows` in the order in which a staged row gives its values. */
export const stagedColumns = [
  'import_id',
  'row_no',
  'email',
  'email_key',
  'first_name',
  'last_name',
  'company_ref',
  'cohort_ref',
  'language',
  'job_role',
  'region',
  'description',
  'label',
  'custom',
  'enabled',
  'titles',
  'groups',
  'errors',
] as const

/** One transaction in which the rows of a file replace the staged rows of an import. */
export interface Staging {
  /** null when the stored file is gone. */
  source: ParseSource | null
  /** Deletes what is staged, then copies the lines that `produce` writes. */
  copy(produce: (write: (line: string) => Promise<void> | undefined) => Promise<void>): Promise<void>
  /** Stores the distinct names and records that the file is parsed. */
  finish(file: ParsedFile, names: readonly Reference[]): Promise<void>
}

/**
 * Runs `work` in one transaction that no other attempt for this import shares: it commits what `work` staged, or rolls
 * everything back and rethrows. COPY needs a connection of its own, so this does not use Kysely's transactions.
 */
export async function inStaging<T>(pool: Pool, importId: string, work: (staging: Staging) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken = true
  try {
    await client.query('BEGIN')
    await takeOverImport((text, values) => client.query(text, values), importId)
    const result = await work(stagingOf(client, importId, await parseSource(client, importId)))
    await client.query('COMMIT')
    broken = false
    return result
  } catch (error) {
    await client.query('ROLLBACK').then(
      () => {
        broken = false
      },
      () => undefined, // The connection is gone, and the transaction with it.
    )
    throw error
  } finally {
    client.release(broken)
  }
}

function stagingOf(client: PoolClient, importId: string, source: ParseSource | null): Staging {
  return {
    source,
    async copy(produce) {
      await client.query('DELETE FROM import_rows WHERE import_id = $1', [importId])
      await client.query('DELETE FROM import_refs WHERE import_id = $1', [importId])
      await copyRows(client, 'import_rows', stagedColumns, produce)
    },
    async finish(file, names) {
      await insertReferences(client, importId, names)
      await markParsed((text, values) => client.query(text, values), importId, file)
      // Without fresh statistics the planner expects no rows, and joins a million rows in nested loops.
      await client.query('ANALYZE import_rows')
      await client.query('ANALYZE import_refs')
    },
  }
}

async function insertReferences(client: PoolClient, importId: string, names: readonly Reference[]): Promise<void> {
  await client.query(
    `INSERT INTO import_refs (import_id, ref, kind, name, company_ref, row_count, first_rows)
     SELECT $1, (e->>'ref')::int, e->>'kind', e->>'name', (e->>'companyRef')::int, (e->>'rowCount')::int,
            ARRAY(SELECT jsonb_array_elements_text(e->'firstRows')::int)
       FROM jsonb_array_elements($2::jsonb) AS e`,
    [importId, JSON.stringify(names.map((entry, ref) => ({ ref, ...entry })))],
  )
}
