import type { Pool, PoolClient } from 'pg'
import { copyLine, copyRows } from '../../db/core/copy-rows.ts'
import { fileSource } from '../../db/files/file-source.ts'
import { takeOverImport } from '../../db/imports/apply/take-over.ts'
import { failureTypes } from '../../domain/imports/failure.ts'
import { parentOf } from '../../domain/imports/repair.ts'
import { findColumns } from '../../domain/people/find-columns.ts'
import type { ColumnMap } from '../../domain/people/headers.ts'
import { templates } from '../../domain/people/templates/index.ts'
import { noRecords, tooManyNames } from '../../domain/problems/file-problems.ts'
import { type OpenedFile, openFile, type ReadHints } from '../../reading/index.ts'
import type { ImportDeps } from '../core/deps.ts'
import { permanent, withKnownFailures } from '../core/failures.ts'
import { heartbeating } from '../core/heartbeat.ts'
import type { Activities, ParseResult } from '../types.ts'
import { FileDigest } from './parse/digest.ts'
import { References } from './parse/references.ts'
import { orRefuse, Refused, refusing, unknownTemplate } from './parse/refusals.ts'
import { stagedColumns, stagedRow } from './parse/staged-row.ts'
import { clearStaged, loadSource, recordParsed, rejectImport, type Source } from './parse/store.ts'

/**
 * Reads the stored file into `import_rows`: one streaming pass, one transaction, memory that does not grow with the
 * file. Killed before the commit it leaves nothing; run again after the commit it reports what is there.
 */
export function createParseFile(deps: ImportDeps): Activities['parseFile'] {
  return ({ importId }) =>
    withKnownFailures(async () => {
      const progress = { rows: 0 }
      return heartbeating(
        () => progress,
        (signal) => parse(deps, importId, progress, signal),
      )
    })
}

type Progress = { rows: number }

async function parse({ db, pool, log }: ImportDeps, importId: string, progress: Progress, signal: AbortSignal) {
  const client = await pool.connect()
  let broken = true
  try {
    await client.query('BEGIN')
    await takeOverImport((text, values) => client.query(text, values), importId)
    const source = await loadSource(client, importId)
    const result = source.parsed ?? (await stage({ client, importId, progress, signal }, source, pool))
    await client.query('COMMIT')
    broken = false
    log.info({ importId, records: result.records }, 'file parsed')
    return result
  } catch (error) {
    await client.query('ROLLBACK').then(
      () => {
        broken = false
      },
      () => undefined, // The connection is gone, and the transaction with it.
    )
    if (error instanceof Refused) return rejectImport(db, importId, error.problem)
    throw error
  } finally {
    client.release(broken)
  }
}

interface Job {
  client: PoolClient
  importId: string
  progress: Progress
  signal: AbortSignal
}

/** Copies every record into `import_rows`. The caller commits, or rolls all of it back. */
async function stage(job: Job, source: Source, pool: Pool): Promise<ParseResult> {
  const { client, importId, progress, signal } = job
  const digest = new FileDigest(await fileSource(pool, source.fileId))
  const hints: ReadHints = { fileName: source.fileName, ...(source.reading as Partial<ReadHints>), signal }
  const file = await orRefuse(() => openFile(digest.file, hints))
  try {
    const columns = columnsOf(source, file)
    const defaults = { company: source.defaultCompany }
    const names = new References()
    let lastRow = 1
    await clearStaged(client, importId)
    await copyRows(client, 'import_rows', stagedColumns, async (write) => {
      for await (const records of refusing(file.batches)) {
        signal.throwIfAborted()
        for (const record of records) {
          const full = write(copyLine(stagedRow(importId, record, columns, names, defaults)))
          if (full) await full
          lastRow = record.row
        }
        if (names.tooMany) throw new Refused(tooManyNames())
        progress.rows += records.length
      }
    })
    if (progress.rows === 0) throw new Refused(noRecords())
    if (!(await digest.matches(source.sha256))) {
      throw permanent(failureTypes.fileGone, 'The stored file is not the file that was uploaded.')
    }
    const fields = [...columns.fields.keys(), ...columns.custom.map(({ field }) => `custom.${field.key}`)]
    const parent = file.header.map(parentOf).find((id) => id !== null) ?? null
    return await recordParsed(client, importId, { names, records: progress.rows, lastRow, fields, parent, ...file })
  } finally {
    await file.close()
  }
}

function columnsOf({ template: id, mapping, customFields, defaultCompany }: Source, { header }: OpenedFile): ColumnMap {
  const template = templates.get(id)
  if (!template) throw new Refused(unknownTemplate(id))
  const found = findColumns(template, header, mapping, customFields, defaultCompany !== null)
  if ('problem' in found) throw new Refused(found.problem)
  return found.columns
}
