import type { Pool } from 'pg'
import { copyLine } from '../../db/core/copy-rows.ts'
import { fileSource } from '../../db/files/file-source.ts'
import type { ParseSource } from '../../db/imports/parse/parse-source.ts'
import { inStaging, type Staging } from '../../db/imports/parse/stage-rows.ts'
import { rejectImport } from '../../db/imports/transitions.ts'
import { failureTypes } from '../../domain/imports/failure.ts'
import { parentOf } from '../../domain/imports/repair.ts'
import { findColumns } from '../../domain/people/find-columns.ts'
import type { ColumnMap } from '../../domain/people/headers.ts'
import { templates } from '../../domain/people/templates/index.ts'
import { noRecords, tooManyNames } from '../../domain/problems/file-problems.ts'
import type { Problem } from '../../domain/problems/problem.ts'
import { type OpenedFile, openFile, type ReadHints } from '../../reading/index.ts'
import type { ImportDeps } from '../core/deps.ts'
import { permanent, withKnownFailures } from '../core/failures.ts'
import { heartbeating } from '../core/heartbeat.ts'
import type { Activities, ParseResult } from '../types.ts'
import { FileDigest } from './parse/digest.ts'
import { References } from './parse/references.ts'
import { orReject, Rejection, rejecting, unknownTemplate } from './parse/rejection.ts'
import { stagedRow } from './parse/staged-row.ts'

/**
 * Reads the stored file into `import_rows` in one streaming pass and one transaction. Memory does not grow with the
 * file. Killed before the commit, it leaves nothing. Repeated after the commit, it reports what is stored.
 */
export function createParseFile({ db, pool, log }: ImportDeps): Activities['parseFile'] {
  return ({ importId }) =>
    withKnownFailures(async () => {
      const progress = { rows: 0 }
      try {
        const result = await heartbeating(
          () => progress,
          (signal) => inStaging(pool, importId, (staging) => stage({ staging, pool, importId, progress, signal })),
        )
        log.info({ importId, records: result.records }, 'file parsed')
        return result
      } catch (error) {
        if (!(error instanceof Rejection)) throw error
        await rejectImport(db, importId, error.problem)
        return rejected(error.problem)
      }
    })
}

interface Job {
  staging: Staging
  pool: Pool
  importId: string
  progress: { rows: number }
  signal: AbortSignal
}

/** Copies every record into `import_rows`, unless an earlier attempt has. The caller commits, or rolls all of it back. */
async function stage({ staging, pool, importId, progress, signal }: Job): Promise<ParseResult> {
  const { source } = staging
  if (!source) throw permanent(failureTypes.fileGone, 'The stored file is gone.')
  if (source.parsed) return parsed(source.parsed)
  const digest = new FileDigest(await fileSource(pool, source.fileId))
  const hints: ReadHints = { fileName: source.fileName, ...(source.reading as Partial<ReadHints>), signal }
  const file = await orReject(() => openFile(digest.file, hints))
  try {
    const columns = columnsOf(source, file)
    const defaults = { company: source.defaultCompany }
    const names = new References()
    let lastRow = 1
    await staging.copy(async (write) => {
      for await (const records of rejecting(file.batches)) {
        signal.throwIfAborted()
        for (const record of records) {
          const full = write(copyLine(stagedRow(importId, record, columns, names, defaults)))
          if (full) await full
          lastRow = record.row
        }
        if (names.tooMany) throw new Rejection(tooManyNames())
        progress.rows += records.length
      }
    })
    const records = progress.rows
    if (records === 0) throw new Rejection(noRecords())
    if (!(await digest.matches(source.sha256))) {
      throw permanent(failureTypes.fileGone, 'The stored file is not the file that was uploaded.')
    }
    const fields = [...columns.fields.keys(), ...columns.custom.map(({ field }) => `custom.${field.key}`)]
    const parent = file.header.map(parentOf).find((id) => id !== null) ?? null
    await staging.finish({ records, fields, detection: file.detection, parent }, names.entries)
    return parsed({ records, lastRow })
  } finally {
    await file.close()
  }
}

function parsed({ records, lastRow }: Pick<ParseResult, 'records' | 'lastRow'>): ParseResult {
  return { rejected: false, records, lastRow, problem: null }
}

function rejected({ code, title }: Problem): ParseResult {
  return { rejected: true, records: 0, lastRow: 0, problem: { code, detail: title } }
}

function columnsOf(
  { template: id, mapping, customFields, defaultCompany }: ParseSource,
  { header }: OpenedFile,
): ColumnMap {
  const template = templates.get(id)
  if (!template) throw new Rejection(unknownTemplate(id))
  const found = findColumns(template, header, mapping, customFields, defaultCompany !== null)
  if ('problem' in found) throw new Rejection(found.problem)
  return found.columns
}
